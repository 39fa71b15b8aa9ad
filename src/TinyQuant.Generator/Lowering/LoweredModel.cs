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
    ImmutableArray<(Tensor Tensor, ArenaBuffer Buffer)> States,
    IReadOnlyDictionary<Tensor, (string Name, ArenaBuffer? Buffer)> Spans,
    ClassifyPlan? Classify,
    ArenaPlan Arena)
{
    /// <summary>The variable that holds an activation, and its buffer if it is not the caller's.</summary>
    public (string Name, ArenaBuffer? Buffer) SpanOf(Tensor tensor) => Spans[tensor];

    /// <summary>Weights and biases as the model file holds them.</summary>
    public long WeightBytes => Graph.ConstantBytes;

    /// <summary>All constants of the program: packed weights, folded biases, multipliers, tables, padding.</summary>
    public long BakedBytes => Constants.Sum(c => c.BakedBytes);

    /// <summary>What an instance holds: enough for <c>Run</c> and <c>Classify</c>.</summary>
    public int InstanceBytes => Classify is null ? Arena.ArenaBytes : Arena.ClassifyArenaBytes;

    /// <summary>Bytes of the arena in use while an operator runs.</summary>
    /// <param name="operatorIndex">The operator.</param>
    /// <param name="withClassify">Whether what only <c>Classify</c> needs counts too.</param>
    public long LiveBytes(int operatorIndex, bool withClassify) =>
        Buffers.Select(b => b.Region).Distinct().Where(r => r.FirstUse <= operatorIndex && r.LastUse >= operatorIndex && (withClassify || r.Kind != RegionKind.Classify))
            .Sum(r => (long)r.Bytes);
}
