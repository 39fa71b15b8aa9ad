using TinyQuant.Import.Tests.Support;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Import.Tests;

/// <summary>
/// Damaged files are imported or refused with a message, within bounds, and what is imported can be written and read.
/// </summary>
public sealed class MutationTests
{
    private const long MostBytes = 64L << 20;

    [Fact]
    public void Damaged_small_files_are_imported_or_refused()
    {
        byte[][] files = [
            Models.Int8([0.1f, 0.2f, 0.3f]), Models.Float32(), Models.Hybrid(true), Models.Mixed(), Models.Blocks(),
            LegacyModel.Build()];
        int imported = files.Sum(f => Mutate(f, count: 1_000, seed: f.Length));

        Assert.InRange(imported, 1, 5_999); // some mutations change what does not matter
    }

    [GoldenFact]
    public void Ten_thousand_damaged_golden_files_are_imported_or_refused()
    {
        string[] paths = GoldenFactAttribute.ModelFiles();
        int each = (10_000 + paths.Length - 1) / paths.Length;
        int imported = paths.Select((p, i) => Mutate(File.ReadAllBytes(p), each, seed: i)).Sum();

        Assert.InRange(imported, 1, paths.Length * each);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        byte[] file = Models.Mixed();
        for (int length = 0; length < file.Length; length++)
        {
            Import(file[..length], $"cut to {length}");
        }

        Assert.All(Enumerable.Range(0, 32),
            length => Assert.Null(TfliteImporter.Import(file.AsMemory(0, length)).Graph));
    }

    [Fact]
    public void A_file_with_any_word_replaced_is_imported_or_refused()
    {
        foreach ((byte[] file, int value) in from file in new[] { Models.Mixed(), Models.Blocks(), LegacyModel.Build() }
                                             from value in new[] { 0, -1, int.MaxValue, int.MinValue, file.Length }
                                             select (file, value))
        {
            for (int at = 0; at + sizeof(int) <= file.Length; at += sizeof(int))
            {
                byte[] changed = [.. file];
                BitConverter.TryWriteBytes(changed.AsSpan(at), value);
                Import(changed, $"word {at} is {value}");
            }
        }
    }

    [Theory]
    [InlineData("operators")]
    [InlineData("parameters")]
    [InlineData("folds")]
    [InlineData("names")]
    public void A_small_file_cannot_ask_for_much(string what)
    {
        var model = new FlatModel();
        int x = model.Int8("x", 1, 64);
        int y = model.Int8(new string('y', 4_000), 64);
        int ints = model.Ints("ints", [64, 1], [.. Enumerable.Repeat(2, 64)]);
        int row = model.Ints("row", [1, 64], [.. Enumerable.Repeat(int.MaxValue, 64)]);
        int many = model.Ints("many", [.. Enumerable.Repeat(1, 4_096)]);
        int square = model.Tensor("square", TfliteType.Int32, [64, 64]);
        int copies = what == "names" ? 1_000 : 9_000;
        for (int i = 0; i < copies; i++)
        {
            switch (what)
            {
                case "operators": model.Operator(BuiltinOperator.RFFT2D, [x], [y]); break;
                case "parameters": model.Operator(BuiltinOperator.MEAN, [x, many], [y], 27); break;
                case "folds": model.Operator(BuiltinOperator.MUL, [ints, row], [square], 21); break;
                default: model.Operator(BuiltinOperator.CONCATENATION, [.. Enumerable.Repeat(y, 50)], [y], 10); break;
            }
        }

        Assert.False(Import(model.Build([x], [y, square]), what));
    }

    private static int Mutate(byte[] file, int count, int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count)
            .Count(i => Import(Mutation.Of(file, random), $"mutation {i} of the file with seed {seed}"));
    }

    /// <summary>Whether it was imported.</summary>
    private static bool Import(byte[] file, string what)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        ImportResult result = TfliteImporter.Import(file);
        if (result.Graph is { } graph)
        {
            string text = ModelWriter.Write(graph);
            ModelReadResult read = ModelReader.Read(text);
            Assert.True(read.Graph is not null, $"{what}: {string.Join("; ", read.Errors)}");
            Assert.Empty(result.Errors);
        }
        else
        {
            Assert.NotEmpty(result.Errors);
            Assert.All(result.Errors, e => Assert.False(string.IsNullOrWhiteSpace(e.Message), what));
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < MostBytes, $"{what} allocated {allocated} bytes");
        return result.Graph is not null;
    }
}
