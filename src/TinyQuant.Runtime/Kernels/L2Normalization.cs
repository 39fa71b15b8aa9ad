using System.ComponentModel;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

/// <summary>
/// TensorFlow Lite's L2_NORMALIZATION along the last dimension, int8 and float32. Output and input may be one span.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class L2Normalization
{
    private const int OutputBits = 7; // a scale of 1/128
    private const float LeastLength = 1e-6f;

    /// <summary>int8 codes of any scale to codes of scale 1/128 and zero point 0.</summary>
    /// <remarks><c>tensorflow/lite/kernels/internal/reference/integer_ops/l2normalization.h</c>.</remarks>
    /// <param name="input">[rows, depth] codes.</param>
    /// <param name="depth">Codes of a row, from 1 to 32,768.</param>
    /// <param name="zeroPoint">The input's zero point.</param>
    /// <param name="output">As long as <paramref name="input"/>.</param>
    /// <typeparam name="TRounding">The rounding of each product.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Int8<TRounding>(ReadOnlySpan<sbyte> input, int depth, int zeroPoint, Span<sbyte> output)
        where TRounding : struct, IFixedPointRounding
    {
        Check(input.Length, depth, output.Length);
        for (int at = 0; at < input.Length; at += depth)
        {
            ReadOnlySpan<sbyte> row = input.Slice(at, depth);
            int squares = 0;
            foreach (sbyte code in row)
            {
                squares += (code - zeroPoint) * (code - zeroPoint);
            }

            (int multiplier, int shift) = FixedPoint.InverseRoot(squares);
            Span<sbyte> codes = output.Slice(at, depth);
            for (int i = 0; i < row.Length; i++)
            {
                codes[i] = (sbyte)Math.Clamp(TRounding.Multiply(row[i] - zeroPoint, multiplier, shift + OutputBits),
                    sbyte.MinValue, sbyte.MaxValue);
            }
        }
    }

    /// <summary>float32: <c>x / max(√Σx², 10⁻⁶)</c>.</summary>
    /// <remarks><c>tensorflow/lite/kernels/internal/reference/l2normalization.h</c>.</remarks>
    /// <param name="input">[rows, depth] real values.</param>
    /// <param name="depth">Values of a row; 1 or more.</param>
    /// <param name="output">As long as <paramref name="input"/>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Float32(ReadOnlySpan<float> input, int depth, Span<float> output)
    {
        Check(input.Length, depth, output.Length);
        for (int at = 0; at < input.Length; at += depth)
        {
            ReadOnlySpan<float> row = input.Slice(at, depth);
            float squares = 0;
            foreach (float x in row)
            {
                squares += x * x;
            }

            float length = Math.Max(MathF.Sqrt(squares), LeastLength);
            Span<float> reals = output.Slice(at, depth);
            for (int i = 0; i < row.Length; i++)
            {
                reals[i] = row[i] / length;
            }
        }
    }

    private static void Check(int input, int depth, int output)
    {
        SpanChecks.Equal(output, input, nameof(output), nameof(input));
        if (depth < 1 || input % depth != 0)
        {
            SpanChecks.Throw(input, depth, nameof(input), nameof(depth));
        }
    }
}
