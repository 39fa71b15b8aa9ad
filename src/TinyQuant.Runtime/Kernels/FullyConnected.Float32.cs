using TinyQuant.Kernels.FloatDot;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels;

public static partial class FullyConnected
{
    /// <summary>
    /// float32 throughout: <c>clamp(Σ weights[o, i] · input[r, i] + bias[o])</c>, the bias added last.
    /// </summary>
    /// <remarks>
    /// The order of the additions, and whether they are fused with the products, is the instruction set's, so the
    /// last bits differ between processors.
    /// </remarks>
    /// <param name="input">[rows, depth] real values.</param>
    /// <param name="weights">[outputs, depth] real values, row after row.</param>
    /// <param name="bias">[outputs] real values.</param>
    /// <param name="min">The activation's least value; the least finite one for none.</param>
    /// <param name="max">The activation's greatest value; the greatest finite one for none.</param>
    /// <param name="output">[rows, outputs] real values.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Float32(
        ReadOnlySpan<float> input, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, float min, float max,
        Span<float> output)
    {
        var shape = FullyConnectedShape.OfRows(input.Length, weights.Length, bias.Length, output.Length);
        for (int row = 0; row < shape.Rows; row++)
        {
            FloatDispatch.Run(
                input.Slice(row * shape.Depth, shape.Depth), weights, bias, min, max,
                output.Slice(row * shape.Outputs, shape.Outputs));
        }
    }
}
