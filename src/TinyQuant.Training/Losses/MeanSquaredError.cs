using System.Numerics.Tensors;

namespace TinyQuant.Training.Losses;

/// <summary>Mean of (output - target)² over all elements.</summary>
public static class MeanSquaredError
{
    /// <summary>The loss and its gradient, 2 (output - target) / elements.</summary>
    /// <param name="outputs">What the network gives.</param>
    /// <param name="targets">What it should; as many.</param>
    /// <param name="gradient">Receives d loss / d output; as many.</param>
    public static double Compute(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient)
    {
        if (outputs.Length != targets.Length || outputs.Length != gradient.Length || outputs.IsEmpty)
        {
            throw new ArgumentException(
                $"{outputs.Length} outputs, {targets.Length} targets and {gradient.Length} gradients do not fit "
                    + "each other.");
        }

        TensorPrimitives.Subtract(outputs, targets, gradient);
        double sum = 0;
        foreach (float difference in gradient)
        {
            sum += (double)difference * difference;
        }

        TensorPrimitives.Multiply(gradient, 2f / outputs.Length, gradient);
        return sum / outputs.Length;
    }
}
