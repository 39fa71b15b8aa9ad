using TinyQuant.Training.Layers;

namespace TinyQuant.Training.Optimizers;

/// <summary>The kinds of optimizers.</summary>
public enum OptimizerKind
{
    /// <summary><see cref="Optimizers.Adam"/>.</summary>
    Adam,

    /// <summary><see cref="Optimizers.AdamW"/>.</summary>
    AdamW,

    /// <summary><see cref="Optimizers.Sgd"/> with momentum.</summary>
    Sgd,
}

/// <summary>An optimizer to be.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="WeightDecay">AdamW's and SGD's.</param>
/// <param name="Momentum">SGD's.</param>
public sealed record OptimizerOptions(
    OptimizerKind Kind = OptimizerKind.Adam, float WeightDecay = 0, float Momentum = 0.9f)
{
    /// <summary>The optimizer of some parameters.</summary>
    public Optimizer Create(IEnumerable<Parameter> parameters) => Kind switch
    {
        OptimizerKind.AdamW => new AdamW(parameters, WeightDecay),
        OptimizerKind.Sgd => new Sgd(parameters) { Momentum = Momentum, WeightDecay = WeightDecay },
        _ => new Adam(parameters),
    };
}
