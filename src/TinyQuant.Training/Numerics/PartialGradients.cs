using System.Numerics.Tensors;

namespace TinyQuant.Training.Numerics;

/// <summary>The gradients of weights and bias from one part of a batch.</summary>
internal sealed class PartialGradients
{
    private float[] _row = [];

    public float[] Weights { get; private set; } = [];

    public float[] Bias { get; private set; } = [];

    public void Clear(int weights, int bias)
    {
        if (Weights.Length != weights)
        {
            Weights = new float[weights];
            Bias = new float[bias];
            _row = new float[bias];
        }

        Array.Clear(Weights);
        Array.Clear(Bias);
    }

    /// <summary>Adds the gradients of one example's outputs, [positions, channels].</summary>
    public void AddBias(ReadOnlySpan<float> outputGradient)
    {
        SumRows.Into(outputGradient, _row);
        TensorPrimitives.Add<float>(Bias, _row, Bias);
    }

    /// <summary>The sum of all parts, in their order.</summary>
    public static void Join(ReadOnlySpan<PartialGradients> parts, Span<float> weights, Span<float> bias)
    {
        parts[0].Weights.CopyTo(weights);
        parts[0].Bias.CopyTo(bias);
        foreach (PartialGradients part in parts[1..])
        {
            TensorPrimitives.Add(weights, part.Weights, weights);
            TensorPrimitives.Add(bias, part.Bias, bias);
        }
    }
}
