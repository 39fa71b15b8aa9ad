using System.Numerics.Tensors;
using TinyQuant.Training.Layers;

namespace TinyQuant.Training.Optimizers;

/// <summary>
/// Stochastic gradient descent with momentum: v = momentum · v + g + decay · w, and w falls by rate · v (or by
/// rate · (g + momentum · v), Nesterov's form). Biases and normalizations do not decay.
/// </summary>
public sealed class Sgd : Optimizer
{
    private readonly float[][] _velocities;
    private readonly float[][] _scratch;

    /// <summary>An optimizer of these parameters, at rest.</summary>
    /// <param name="parameters">What it changes.</param>
    public Sgd(IEnumerable<Parameter> parameters)
        : base(parameters)
    {
        _velocities = Zeros(Parameters);
        _scratch = Zeros(Parameters);
    }

    /// <summary>How much of the velocity a step keeps.</summary>
    public float Momentum { get; init; } = 0.9f;

    /// <summary>Whether to look ahead.</summary>
    public bool IsNesterov { get; init; }

    /// <summary>The weight of half the sum of squared weights in the loss.</summary>
    public float WeightDecay { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<float[]> State => _velocities;

    private protected override void Update(int index, Parameter parameter, float learningRate)
    {
        (float[] velocity, float[] step) = (_velocities[index], _scratch[index]);
        TensorPrimitives.MultiplyAdd(parameter.Values, parameter.Decays ? WeightDecay : 0, parameter.Gradients, step);
        TensorPrimitives.MultiplyAdd(velocity, Momentum, step, velocity);
        if (IsNesterov)
        {
            TensorPrimitives.MultiplyAdd(velocity, Momentum, step, step);
        }

        TensorPrimitives.MultiplyAdd(IsNesterov ? step : velocity, -learningRate, parameter.Values, parameter.Values);
    }
}
