using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>A model as constants, memory and calls: all that is left to do is to write it down.</summary>
internal sealed record LoweredModel(
    Graph Graph,
    ImmutableArray<CallerSpan> CallerSpans,
    ImmutableArray<KernelCall> Calls,
    ImmutableArray<SubgraphMethod> Methods,
    ImmutableArray<Constant> Constants,
    ImmutableArray<ArenaBuffer> Buffers,
    ImmutableArray<StateTensor> States,
    IReadOnlyDictionary<Tensor, (string Name, ArenaBuffer? Buffer)> Spans,
    ClassifyPlan? Classify,
    ArenaPlan Arena)
{
    /// <summary>The variable that holds an activation, and its buffer if it is not the caller's.</summary>
    public (string Name, ArenaBuffer? Buffer) SpanOf(Tensor tensor) => Spans[tensor];

    /// <summary>Whether runs may end without outputs, so that <c>Run</c> tells whether there are any.</summary>
    public bool EndsRuns => Calls.Any(c => c.EndsRuns);

    /// <summary>Weights and biases as the model file holds them.</summary>
    public long WeightBytes => Graph.ConstantBytes;

    /// <summary>All constants of the program: packed weights, folded biases, multipliers, tables, padding.</summary>
    public long BakedBytes => Constants.Sum(c => c.BakedBytes);

    /// <summary>What an instance holds: enough for <c>Run</c> and <c>Classify</c>.</summary>
    public int InstanceBytes => Classify is null ? Arena.ArenaBytes : Arena.ClassifyArenaBytes;

    /// <summary>Bytes of the arena in use while each operator runs.</summary>
    /// <param name="withClassify">Whether what only <c>Classify</c> needs counts too.</param>
    public ImmutableArray<long> LiveBytes(bool withClassify)
    {
        long[] live = new long[Graph.Operators.Length + 1]; // at first the change from the operator before
        foreach (ArenaRegion region in Buffers.Select(b => b.Region).Distinct()
            .Where(r => withClassify || r.Kind != RegionKind.Classify))
        {
            live[Math.Max(0, region.FirstUse)] += region.Bytes;
            live[region.LastUse + 1] -= region.Bytes;
        }

        for (int i = 1; i < live.Length; i++)
        {
            live[i] += live[i - 1];
        }

        return [.. live.Take(live.Length - 1)];
    }
}
