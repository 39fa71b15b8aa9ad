using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>A model as constants, memory and calls: all that is left to do is to write it down.</summary>
internal sealed record LoweredModel(
    Graph Graph,
    ImmutableArray<CallerSpan> CallerSpans,
    ImmutableArray<KernelCall> Calls,
    ImmutableArray<Constant> Constants,
    ImmutableArray<ArenaBuffer> Buffers,
    ClassifyPlan? Classify,
    int ArenaBytes,
    int ArenaLowerBound)
{
    /// <summary>Weights and biases as the model file holds them.</summary>
    public long WeightBytes => Graph.ConstantBytes;

    /// <summary>All constants of the program: packed weights, folded biases, multipliers, tables, padding.</summary>
    public long BakedBytes => Constants.Sum(c => c.BakedBytes);

    /// <summary>Bytes of the arena in use while an operator runs.</summary>
    public long LiveBytes(int operatorIndex) =>
        Buffers.Where(b => b.FirstUse <= operatorIndex && b.LastUse >= operatorIndex).Sum(b => (long)b.Bytes);
}
