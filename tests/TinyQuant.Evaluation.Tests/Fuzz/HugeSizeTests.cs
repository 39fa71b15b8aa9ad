using System.Collections.Immutable;
using TinyQuant.Generator.Inspection;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Fuzz;

/// <summary>
/// Each size of each operator replaced by huge ones, alone and wherever it stands: the model is refused with a message
/// or lowered, and a text of a few hundred bytes gets neither memory nor time for it. Of what is taken a part is
/// compiled.
/// </summary>
public sealed class HugeSizeTests
{
    private const long MostBytes = 64L << 20;
    private const int BatchSize = 200;
    private const int CompiledShare = 10; // the compiler takes 10 ms for each

    /// <summary>Where sums and products of 16 and 32 bits wrap, and what no int holds.</summary>
    private static readonly long[] s_sizes = [
        0, 65_536, 1 << 24, 2_000_000_000, int.MaxValue, (long)int.MaxValue + 1, long.MaxValue];

    public static TheoryData<int> Operators => [.. Enumerable.Range(0, OperatorText.All.Count)];

    [Fact]
    public void Every_operator_is_here() =>
        Assert.Equal(
            OperatorRegistry.Kinds, OperatorText.All.Select(o => o.Kind).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Operators))]
    public void The_operator_as_it_stands_is_lowered(int index)
    {
        OperatorText text = OperatorText.All[index];
        foreach (bool isInt8 in Types(text))
        {
            Assert.True(ModelInspector.Inspect(text.Write(isInt8), out ImmutableArray<string> errors) is not null,
                $"{text}: {string.Join("; ", errors)}");
        }
    }

    [Fact]
    public void Huge_sizes_are_refused_or_lowered_and_take_neither_memory_nor_time()
    {
        var batch = new ModelBatch();
        int taken = 0;
        foreach (string text in OperatorText.All.SelectMany(o =>
            Types(o).SelectMany(isInt8 => Huge(o).Select(h => h.Write(isInt8)))))
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            InspectedModel? model = ModelInspector.Inspect(text, out ImmutableArray<string> errors);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
            Assert.True(model is not null || !errors.IsEmpty, text);
            if (model is not null && taken++ % CompiledShare == 0)
            {
                batch.Add(ModelReader.Read(text).Graph!, text);
                if (batch.Count == BatchSize)
                {
                    batch.Compile();
                    batch = new ModelBatch();
                }
            }
        }

        batch.Compile();
        Assert.InRange(taken, 100, int.MaxValue);
    }

    private static IEnumerable<OperatorText> Huge(OperatorText text) => s_sizes.SelectMany(size =>
        Enumerable.Range(0, text.SizeCount).Select(i => text.WithSize(i, size))
            .Concat(text.Sizes.Select(old => text.WithSizes(old, size))));

    private static IEnumerable<bool> Types(OperatorText text) => text.HasBothTypes ? [true, false] : [true];
}
