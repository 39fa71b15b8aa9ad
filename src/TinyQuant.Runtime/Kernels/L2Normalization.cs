using System.ComponentModel;
using System.Numerics;
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

            (int multiplier, int shift) = InverseRoot(squares);
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

    /// <summary>
    /// 1 / √x as multiplier and shift: five steps of Newton on 3 integer bits, from 1 on, for x scaled by a power of
    /// four.
    /// <c>GetInvSqrtQuantizedMultiplierExp</c> of <c>tensorflow/lite/kernels/internal/common.h</c>.
    /// </summary>
    internal static (int Multiplier, int Shift) InverseRoot(int x)
    {
        const int oneAndAHalf = (1 << 28) + (1 << 27); // Q3.28
        const int rootOfAHalf = 1518500250; // Q0.31
        if (x <= 1)
        {
            return (int.MaxValue, 0);
        }

        int right = 11;
        while (x >= 1 << 29)
        {
            x /= 4;
            right++;
        }

        int pairs = ((BitOperations.LeadingZeroCount((uint)x) - 1) / 2) - 1;
        right -= pairs;
        int half = FixedPoint.RoundingDivideByPowerOfTwo((x << (2 * pairs)) >> 1, 1);
        int root = 1 << 28;
        for (int i = 0; i < 5; i++)
        {
            int square = FixedPoint.SaturatingRoundingDoublingHighMultiply(root, root); // Q6.25
            int cube = ShiftLeft(FixedPoint.SaturatingRoundingDoublingHighMultiply(square, root), 6); // of Q9.22
            root = ShiftLeft(FixedPoint.SaturatingRoundingDoublingHighMultiply(oneAndAHalf, root)
                - FixedPoint.SaturatingRoundingDoublingHighMultiply(half, cube), 3); // of Q6.25
        }

        root = FixedPoint.SaturatingRoundingDoublingHighMultiply(root, rootOfAHalf);
        return right < 0 ? (root << -right, 0) : (root, -right);
    }

    private static int ShiftLeft(int x, int bits) => (int)Math.Clamp((long)x << bits, int.MinValue, int.MaxValue);

    private static void Check(int input, int depth, int output)
    {
        SpanChecks.Equal(output, input, nameof(output), nameof(input));
        if (depth < 1 || input % depth != 0)
        {
            SpanChecks.Throw(input, depth, nameof(input), nameof(depth));
        }
    }
}
