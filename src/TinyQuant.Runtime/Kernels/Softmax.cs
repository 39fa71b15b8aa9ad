using System.ComponentModel;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Elements;

namespace TinyQuant.Kernels;

/// <summary>TensorFlow Lite's SOFTMAX along the last dimension, int8, int16 and float32.</summary>
/// <remarks>
/// The int8 form is <c>Softmax</c> of <c>tensorflow/lite/kernels/internal/reference/softmax.h</c> with gemmlowp's
/// fixed-point exponential; since a code's distance from the largest is one of 256, the exponentials are a table.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Softmax
{
    private const int TableLength = 256;

    /// <summary>int8 codes in, int8 codes out: scale 1/256, zero point -128.</summary>
    /// <param name="input">[rows, depth] int8 codes.</param>
    /// <param name="depth">Codes of a row; 1 or more.</param>
    /// <param name="exponentials">[256] e^(−scale·d) in Q0.31 for each distance d from the row's largest code; 0 for
    /// what counts as nothing.</param>
    /// <param name="output">[rows, depth] int8 codes; may be <paramref name="input"/>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Int8(ReadOnlySpan<sbyte> input, int depth, ReadOnlySpan<int> exponentials, Span<sbyte> output)
    {
        Check(input.Length, depth, exponentials.Length, output.Length);
        for (int at = 0; at < input.Length; at += depth)
        {
            ReadOnlySpan<sbyte> row = input.Slice(at, depth);
            SoftmaxRow scale = new(row, exponentials);
            Span<sbyte> codes = output.Slice(at, depth);
            for (int i = 0; i < row.Length; i++)
            {
                codes[i] = (sbyte)(Math.Min(scale.Share(row[i], 8), byte.MaxValue) + sbyte.MinValue);
            }
        }
    }

    /// <summary>int8 codes in, int16 codes out: scale 1/65536, zero point -32768.</summary>
    /// <param name="input">[rows, depth] int8 codes.</param>
    /// <param name="depth">Codes of a row; 1 or more.</param>
    /// <param name="exponentials">As for <see cref="Int8"/>.</param>
    /// <param name="output">[rows, depth] int16 codes.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Int8ToInt16(
        ReadOnlySpan<sbyte> input, int depth, ReadOnlySpan<int> exponentials, Span<short> output)
    {
        Check(input.Length, depth, exponentials.Length, output.Length);
        for (int at = 0; at < input.Length; at += depth)
        {
            ReadOnlySpan<sbyte> row = input.Slice(at, depth);
            SoftmaxRow scale = new(row, exponentials);
            Span<short> codes = output.Slice(at, depth);
            for (int i = 0; i < row.Length; i++)
            {
                codes[i] = (short)(Math.Min(scale.Share(row[i], 16), ushort.MaxValue) + short.MinValue);
            }
        }
    }

    /// <summary>
    /// float32: <c>e^(beta·(x − max)) / Σ e^(beta·(x − max))</c>; of a row with NaN or +∞, or all −∞, NaN.
    /// </summary>
    /// <param name="input">[rows, depth] real values.</param>
    /// <param name="depth">Values of a row; 1 or more.</param>
    /// <param name="beta">The factor of the exponent.</param>
    /// <param name="output">[rows, depth] real values; may be <paramref name="input"/>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Float32(ReadOnlySpan<float> input, int depth, float beta, Span<float> output)
    {
        Check(input.Length, depth, TableLength, output.Length);
        for (int at = 0; at < input.Length; at += depth)
        {
            ReadOnlySpan<float> row = input.Slice(at, depth);
            float max = float.MinValue;
            foreach (float value in row)
            {
                max = Greater.Of(value, max);
            }

            Span<float> results = output.Slice(at, depth);
            float sum = 0;
            for (int i = 0; i < row.Length; i++)
            {
                results[i] = MathF.Exp((row[i] - max) * beta);
                sum += results[i];
            }

            foreach (ref float result in results)
            {
                result /= sum;
            }
        }
    }

    private static void Check(int input, int depth, int exponentials, int output)
    {
        SpanChecks.Equal(output, input, nameof(output), nameof(input));
        SpanChecks.Equal(exponentials, TableLength, nameof(exponentials), "codes");
        if (depth < 1 || input % depth != 0)
        {
            SpanChecks.Throw(input, depth, nameof(input), nameof(depth));
        }
    }
}
