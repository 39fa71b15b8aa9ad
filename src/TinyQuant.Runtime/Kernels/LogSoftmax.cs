using System.ComponentModel;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Elements;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

/// <summary>The constants of an int8 logarithm of a softmax.</summary>
/// <param name="exponentials">[256] e^(−scale·d) in Q12.19 for each distance d from the row's largest code; 0 for what
/// counts as nothing.</param>
/// <param name="differences">[256] −scale·d in Q5.26.</param>
/// <param name="least">The least distance from the largest code that counts, not above 0.</param>
/// <param name="multiplier">Q5.26 to distances, Q0.31.</param>
/// <param name="shift">Of the multiplier, in [-31, 0].</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct LogSoftmaxConstants(
    ReadOnlySpan<int> exponentials, ReadOnlySpan<int> differences, int least, int multiplier, int shift)
{
    internal ReadOnlySpan<int> Exponentials { get; } = exponentials;
    internal ReadOnlySpan<int> Differences { get; } = differences;
    internal int Least { get; } = least;
    internal int Multiplier { get; } = multiplier;
    internal int Shift { get; } = shift;
}

/// <summary>TensorFlow Lite's LOG_SOFTMAX along the last dimension, int8 and float32.</summary>
/// <remarks>
/// <c>LogSoftmax</c> of <c>tensorflow/lite/kernels/internal/reference/log_softmax.h</c>; what depends on a code's
/// distance from the largest alone is a table.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LogSoftmax
{
    private const int TableLength = 256;
    private const int OutputZeroPoint = 127;
    private const int OutputShift = 22; // Q5.26 to 1/16

    /// <summary>int8 codes in, int8 codes out: scale 1/16, zero point 127.</summary>
    /// <param name="input">[rows, depth] int8 codes.</param>
    /// <param name="depth">Codes of a row; 1 or more.</param>
    /// <param name="constants">Tables, and what ends them.</param>
    /// <param name="output">[rows, depth] int8 codes; may be <paramref name="input"/>.</param>
    /// <typeparam name="TRounding">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Int8<TRounding>(
        ReadOnlySpan<sbyte> input, int depth, in LogSoftmaxConstants constants, Span<sbyte> output)
        where TRounding : struct, IFixedPointRounding
    {
        SpanChecks.Equal(constants.Exponentials.Length, TableLength, nameof(constants.Exponentials), "codes");
        SpanChecks.Equal(constants.Differences.Length, TableLength, nameof(constants.Differences), "codes");
        Check(input.Length, depth, output.Length);
        for (int at = 0; at < input.Length; at += depth)
        {
            Row<TRounding>(input.Slice(at, depth), constants, output.Slice(at, depth));
        }
    }

    /// <summary>
    /// float32: <c>x − max − ln Σ e^(x − max)</c>; of a row with NaN or +∞, or all −∞, NaN.
    /// </summary>
    /// <param name="input">[rows, depth] real values.</param>
    /// <param name="depth">Values of a row; 1 or more.</param>
    /// <param name="output">[rows, depth] real values; may be <paramref name="input"/>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Float32(ReadOnlySpan<float> input, int depth, Span<float> output)
    {
        Check(input.Length, depth, output.Length);
        for (int at = 0; at < input.Length; at += depth)
        {
            ReadOnlySpan<float> row = input.Slice(at, depth);
            float max = float.MinValue;
            foreach (float value in row)
            {
                max = Greater.Of(value, max);
            }

            float sum = 0;
            foreach (float value in row)
            {
                sum += MathF.Exp(value - max);
            }

            float logarithm = MathF.Log(sum);
            for (int i = 0; i < row.Length; i++)
            {
                output[at + i] = row[i] - max - logarithm;
            }
        }
    }

    private static void Row<TRounding>(ReadOnlySpan<sbyte> row, in LogSoftmaxConstants c, Span<sbyte> output)
        where TRounding : struct, IFixedPointRounding
    {
        int max = sbyte.MinValue;
        foreach (sbyte code in row)
        {
            max = Math.Max(max, code);
        }

        int sum = 0;
        foreach (sbyte code in row)
        {
            sum = unchecked(sum + c.Exponentials[max - code]);
        }

        int logarithm = FixedPointLogarithm.Of(sum);
        int end = Math.Max(
            c.Least - 1, TRounding.Multiply(unchecked(logarithm + int.MinValue), c.Multiplier, c.Shift));
        for (int i = 0; i < row.Length; i++)
        {
            int distance = max - row[i];
            output[i] = -distance > end
                ? (sbyte)Math.Clamp(
                    FixedPoint.RoundingDivideByPowerOfTwo(
                        unchecked(c.Differences[distance] - logarithm), OutputShift) + OutputZeroPoint,
                    sbyte.MinValue, sbyte.MaxValue)
                : sbyte.MinValue;
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
