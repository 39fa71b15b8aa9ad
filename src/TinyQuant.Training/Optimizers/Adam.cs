using System.Numerics.Tensors;
using TinyQuant.Training.Layers;

namespace TinyQuant.Training.Optimizers;

/// <summary>Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1).</summary>
public sealed class Adam
{
    private readonly State[] _states;
    private int _step;

    /// <summary>An optimizer of these parameters, with moments of zero.</summary>
    /// <param name="parameters">What it changes.</param>
    public Adam(IEnumerable<Parameter> parameters) => _states = [.. parameters.Select(p => new State(p))];

    /// <summary>How much of the mean of gradients a step keeps.</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>How much of the mean of squared gradients a step keeps.</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>Added to the root of that mean.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>Moves every parameter by its gradient.</summary>
    /// <param name="learningRate">About the largest change of any one value.</param>
    public void Step(float learningRate)
    {
        _step++;
        double correction1 = 1 - Math.Pow(Beta1, _step);
        double correction2 = 1 - Math.Pow(Beta2, _step);
        foreach (State state in _states)
        {
            float[] gradients = state.Parameter.Gradients;
            float[] scratch = state.Scratch;
            TensorPrimitives.Multiply(state.Mean, Beta1, state.Mean);
            TensorPrimitives.FusedMultiplyAdd(gradients, 1 - Beta1, state.Mean, state.Mean);
            TensorPrimitives.Multiply(gradients, gradients, scratch);
            TensorPrimitives.Multiply(state.Square, Beta2, state.Square);
            TensorPrimitives.FusedMultiplyAdd(scratch, 1 - Beta2, state.Square, state.Square);

            TensorPrimitives.Multiply(state.Square, (float)(1 / correction2), scratch);
            TensorPrimitives.Sqrt<float>(scratch, scratch);
            TensorPrimitives.Add(scratch, Epsilon, scratch);
            TensorPrimitives.Divide<float>(state.Mean, scratch, scratch);
            float[] values = state.Parameter.Values;
            TensorPrimitives.FusedMultiplyAdd(scratch, (float)(-learningRate / correction1), values, values);
        }
    }

    private sealed class State(Parameter parameter)
    {
        public Parameter Parameter { get; } = parameter;

        public float[] Mean { get; } = new float[parameter.Values.Length];

        public float[] Square { get; } = new float[parameter.Values.Length];

        public float[] Scratch { get; } = new float[parameter.Values.Length];
    }
}
