using System.Numerics.Tensors;
using TinyQuant.Training.Layers;

namespace TinyQuant.Training.Optimizers;

/// <summary>Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1).</summary>
public class Adam : Optimizer
{
    private readonly float[][] _means;
    private readonly float[][] _squares;
    private readonly float[][] _scratch;

    /// <summary>An optimizer of these parameters, with moments of zero.</summary>
    /// <param name="parameters">What it changes.</param>
    public Adam(IEnumerable<Parameter> parameters)
        : base(parameters)
    {
        _means = Zeros(Parameters);
        _squares = Zeros(Parameters);
        _scratch = Zeros(Parameters);
        State = [.. _means, .. _squares];
    }

    /// <summary>How much of the mean of gradients a step keeps.</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>How much of the mean of squared gradients a step keeps.</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>Added to the root of that mean.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <inheritdoc/>
    public override IReadOnlyList<float[]> State { get; }

    private protected override void Update(int index, Parameter parameter, float learningRate)
    {
        double correction1 = 1 - Math.Pow(Beta1, Steps);
        double correction2 = 1 - Math.Pow(Beta2, Steps);
        (float[] mean, float[] square, float[] scratch) = (_means[index], _squares[index], _scratch[index]);
        float[] gradients = parameter.Gradients;
        TensorPrimitives.Multiply(mean, Beta1, mean);
        TensorPrimitives.FusedMultiplyAdd(gradients, 1 - Beta1, mean, mean);
        TensorPrimitives.Multiply(gradients, gradients, scratch);
        TensorPrimitives.Multiply(square, Beta2, square);
        TensorPrimitives.FusedMultiplyAdd(scratch, 1 - Beta2, square, square);

        TensorPrimitives.Multiply(square, (float)(1 / correction2), scratch);
        TensorPrimitives.Sqrt<float>(scratch, scratch);
        TensorPrimitives.Add(scratch, Epsilon, scratch);
        TensorPrimitives.Divide<float>(mean, scratch, scratch);
        TensorPrimitives.FusedMultiplyAdd(
            scratch, (float)(-learningRate / correction1), parameter.Values, parameter.Values);
    }
}
