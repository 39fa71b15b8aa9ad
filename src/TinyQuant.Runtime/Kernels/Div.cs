using System.ComponentModel;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Elements;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

/// <summary>The constants of an int8 quotient.</summary>
/// <remarks>The multiplier is Q0.31, the shift in [-31, 23].</remarks>
/// <param name="reciprocals">[256] 1 / (1 + f) in Q0.31 for each divisor of (1 + f) · 2^n, from 0 on.</param>
/// <param name="leftZeroPoint">The dividend's.</param>
/// <param name="rightZeroPoint">The divisor's.</param>
/// <param name="outputZeroPoint">The quotient's.</param>
/// <param name="multiplier">The dividend's scale over the product of the others.</param>
/// <param name="shift">Of the multiplier.</param>
/// <param name="min">The least code.</param>
/// <param name="max">The greatest code.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct DivConstants(
    ReadOnlySpan<int> reciprocals, int leftZeroPoint, int rightZeroPoint, int outputZeroPoint, int multiplier,
    int shift, int min, int max)
{
    internal ReadOnlySpan<int> Reciprocals { get; } = reciprocals;
    internal int LeftZeroPoint { get; } = leftZeroPoint;
    internal int RightZeroPoint { get; } = rightZeroPoint;
    internal int OutputZeroPoint { get; } = outputZeroPoint;
    internal int Multiplier { get; } = multiplier;
    internal int Shift { get; } = shift;
    internal int Min { get; } = min;
    internal int Max { get; } = max;
}

/// <summary>
/// Element-wise quotients of integers, TensorFlow Lite's DIV. What is divided by 0 is the greatest or the least answer
/// there is, as its sign says, and 0 / 0 is 0: the reference has no answer then.
/// </summary>
/// <remarks><c>tensorflow/lite/kernels/internal/reference/div.h</c>.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Div
{
    private const int Divisors = 256;

    /// <summary>int32: without what is behind the point, and the least one over -1 is the greatest.</summary>
    /// <param name="left">int32 dividends.</param>
    /// <param name="right">int32 divisors.</param>
    /// <param name="geometry">How they are stretched to the output's shape.</param>
    /// <param name="min">The activation's least value.</param>
    /// <param name="max">The activation's greatest value; not less.</param>
    /// <param name="output">int32; may be an operand of the same shape.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Int32(
        ReadOnlySpan<int> left, ReadOnlySpan<int> right, in BroadcastGeometry geometry, int min, int max,
        Span<int> output) =>
        Broadcast.Run<int, Bounds, IntegerKernel>(left, right, geometry, new(min, max), output);

    /// <summary>int8 codes.</summary>
    /// <param name="left">int8 codes of the dividends.</param>
    /// <param name="right">int8 codes of the divisors.</param>
    /// <param name="geometry">How they are stretched to the output's shape.</param>
    /// <param name="constants">Zero points, reciprocals, the multiplier and the clamp.</param>
    /// <param name="output">int8 codes; may be an operand of the same shape.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Int8(
        ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, in BroadcastGeometry geometry, in DivConstants constants,
        Span<sbyte> output)
    {
        SpanChecks.Equal(constants.Reciprocals.Length, Divisors, nameof(constants.Reciprocals), "divisors");
        Broadcast.Run<sbyte, DivConstants, CodeKernel>(left, right, geometry, constants, output);
    }

    private readonly struct Bounds(int min, int max)
    {
        public int Min { get; } = min;

        public int Max { get; } = max;
    }

    private readonly struct IntegerKernel : IBinaryKernel<int, Bounds>
    {
        public static void Run(
            ReadOnlySpan<int> left, ReadOnlySpan<int> right, in Bounds bounds, Span<int> output)
        {
            int leftStep = left.Length == 1 ? 0 : 1;
            int rightStep = right.Length == 1 ? 0 : 1;
            for (int i = 0; i < output.Length; i++)
            {
                int quotient = Quotient(left[i * leftStep], right[i * rightStep]);
                output[i] = Math.Min(Math.Max(quotient, bounds.Min), bounds.Max);
            }
        }

        private static int Quotient(int dividend, int divisor) => divisor == 0
            ? dividend > 0 ? int.MaxValue : dividend < 0 ? int.MinValue : 0
            : (int)Math.Min((long)dividend / divisor, int.MaxValue);
    }

    private readonly struct CodeKernel : IBinaryKernel<sbyte, DivConstants>
    {
        public static void Run(
            ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, in DivConstants c, Span<sbyte> output)
        {
            int leftStep = left.Length == 1 ? 0 : 1;
            int rightStep = right.Length == 1 ? 0 : 1;
            for (int i = 0; i < output.Length; i++)
            {
                int dividend = left[i * leftStep] - c.LeftZeroPoint;
                int divisor = right[i * rightStep] - c.RightZeroPoint;
                output[i] = (sbyte)Code(divisor < 0 ? -dividend : dividend, Math.Abs(divisor) % Divisors, c);
            }
        }

        private static int Code(int dividend, int divisor, in DivConstants c)
        {
            if (divisor == 0 && dividend != 0)
            {
                return dividend > 0 ? c.Max : c.Min;
            }

            long quotient = QuantizedQuotient.Of(
                dividend, divisor, c.Reciprocals[divisor], c.Multiplier, c.Shift);
            return (int)Math.Min(Math.Max(quotient + c.OutputZeroPoint, c.Min), c.Max);
        }
    }
}
