using TinyQuant.Import.Onnx;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;
using TinyQuant.Import.Tests.Onnx.Support;
using TinyQuant.Import.Tests.Support;
using TinyQuant.Tests;

namespace TinyQuant.Import.Tests.Onnx;

/// <summary>Damaged files are read or refused with a message, within bounds, and what is read is whole.</summary>
public sealed class DamagedModelTests
{
    private const long MostBytes = 64L << 20;
    private const int TimesFile = 8;

    [Fact]
    public void Every_small_file_is_read_undamaged() => Assert.All(SmallModels.All, f => Front.Read(f));

    [Fact]
    public void Damaged_small_files_are_read_or_refused()
    {
        int read = SmallModels.All.Sum(f => Mutate(f, count: 1_500, seed: f.Length));

        Assert.InRange(read, 1, (1_500 * SmallModels.All.Length) - 1);
    }

    [Fact]
    public void A_file_cut_anywhere_is_read_or_refused()
    {
        foreach (byte[] file in SmallModels.All)
        {
            for (int length = 0; length < file.Length; length++)
            {
                Import(file[..length], $"cut to {length}");
            }
        }
    }

    [Fact]
    public void A_file_with_any_byte_replaced_is_read_or_refused()
    {
        foreach (byte[] file in SmallModels.All)
        {
            for (int at = 0; at < file.Length; at++)
            {
                foreach (byte value in new byte[] { 0, 1, 0x7f, 0x80, 0xff })
                {
                    byte[] changed = [.. file];
                    changed[at] = value;
                    Import(changed, $"byte {at} is {value}");
                }
            }
        }
    }

    [GoldenFact]
    public void Damaged_public_files_are_read_or_refused()
    {
        // The larger ones are mostly weights, whose damage is none.
        CorpusModel[] models = [.. OnnxCorpus.Models.Where(m => m.File.Length < 1 << 20)];
        Assert.NotEmpty(models);
        int read = models.Select((m, i) => Mutate(m.File, 100, seed: i, m.Options)).Sum();

        Assert.InRange(read, 1, (100 * models.Length) - 1);
    }

    private static int Mutate(byte[] file, int count, int seed, ImportOptions? options = null)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count)
            .Count(i => Import(Mutation.Of(file, random), $"mutation {i} of the file with seed {seed}", options));
    }

    /// <summary>Whether it was read.</summary>
    private static bool Import(byte[] file, string what, ImportOptions? options = null)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var errors = new ErrorCollection();
        Network? network = Read(file, what, options ?? new ImportOptions(), errors);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < MostBytes + ((long)TimesFile * file.Length), $"{what} allocated {allocated} bytes");
        if (network is null)
        {
            Assert.False(errors.IsEmpty, what);
            Assert.All(errors.ToImmutable(), e => Assert.False(string.IsNullOrWhiteSpace(e.Message), what));
        }
        else
        {
            Assert.True(errors.IsEmpty, what);
            Assert.NotEmpty(network.Outputs);
            Assert.All(network.Nodes.SelectMany(n => n.Outputs).OfType<Value>(),
                v => Assert.False(v.Shape.IsDefault || v.Type == OnnxType.Undefined, $"{what}: {v}"));
        }

        return network is not null;
    }

    private static Network? Read(byte[] file, string what, ImportOptions options, ErrorCollection errors)
    {
        try
        {
            return OnnxFront.Read(file, options, new Budget(file.Length), errors);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{what}: {e.Message}", e);
        }
    }
}
