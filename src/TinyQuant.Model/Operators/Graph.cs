using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// A model: named tensors, and operators over them in an order in which they can run. Immutable; semantic, so it
/// knows nothing of kernels, packing or memory.
/// </summary>
public sealed record Graph
{
    /// <summary>The model's name.</summary>
    public string Name { get; init; } = "model";

    /// <summary>Free text for people, a line each.</summary>
    public ImmutableArray<string> Notes { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>What was measured of it.</summary>
    public ImmutableArray<Metric> Metrics { get; init; } = ImmutableArray<Metric>.Empty;

    /// <summary>How accumulators become int8 codes.</summary>
    public Rounding Rounding { get; init; } = Rounding.Double;

    /// <summary>The names of the classes, in the order of the output; empty where there are none.</summary>
    public ImmutableArray<string> Labels { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>All tensors, in the order of the model file.</summary>
    public ImmutableArray<Tensor> Tensors { get; init; } = ImmutableArray<Tensor>.Empty;

    /// <summary>What the caller passes in.</summary>
    public ImmutableArray<Tensor> Inputs { get; init; } = ImmutableArray<Tensor>.Empty;

    /// <summary>What the caller gets back.</summary>
    public ImmutableArray<Tensor> Outputs { get; init; } = ImmutableArray<Tensor>.Empty;

    /// <summary>The operators, in an order in which each one's inputs are ready.</summary>
    public ImmutableArray<Operator> Operators { get; init; } = ImmutableArray<Operator>.Empty;

    /// <summary>Multiply-accumulate operations of one run.</summary>
    public long Macs => Operators.Sum(o => o.Macs);

    /// <summary>
    /// The bytes of all constants: weights and biases as the model file holds them, those of graphs that operators run
    /// included.
    /// </summary>
    public long ConstantBytes => Tensors.Where(t => t.IsConstant).Sum(t => (long)t.Stored.ByteLength)
        + Operators.SelectMany(o => o.Subgraphs).Sum(g => g.ConstantBytes);

    /// <summary>The bytes of the scales of all constants, by <see cref="Tensor.ScaleBytes"/>.</summary>
    public long ConstantScaleBytes => Tensors.Where(t => t.IsConstant).Sum(t => (long)t.Stored.ScaleBytes)
        + Operators.SelectMany(o => o.Subgraphs).Sum(g => g.ConstantScaleBytes);

    /// <summary>
    /// The variable tensors that a run may touch, those of graphs that operators run included, each name once: graphs
    /// that have one of the same name share it.
    /// </summary>
    public IEnumerable<Tensor> States => GraphStates.Of(this).Select(t => t.Tensor)
        .GroupBy(t => t.Name, StringComparer.Ordinal).Select(g => g.First());

    /// <summary>The metric of that name; null where it was not measured.</summary>
    public Metric? FindMetric(string name) => Metrics.FirstOrDefault(m => m.Name == name);
}
