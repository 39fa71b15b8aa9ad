using System.ComponentModel;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Elements;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

/// <summary>
/// The constants of a squared difference of codes: both operands are brought to a common scale, the result to its own.
/// </summary>
/// <remarks>The multipliers are Q0.31; the shifts in [-31, 0], the output's in [-31, 30].</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SquaredDifferenceConstants(
    int leftZeroPoint, int leftMultiplier, int leftShift, int rightZeroPoint, int rightMultiplier, int rightShift,
    int outputZeroPoint, int outputMultiplier, int outputShift)
{
    internal int LeftZeroPoint { get; } = leftZeroPoint;
    internal int LeftMultiplier { get; } = leftMultiplier;
    internal int LeftShift { get; } = leftShift;
    internal int RightZeroPoint { get; } = rightZeroPoint;
    internal int RightMultiplier { get; } = rightMultiplier;
    internal int RightShift { get; } = rightShift;
    internal int OutputZeroPoint { get; } = outputZeroPoint;
    internal int OutputMultiplier { get; } = outputMultiplier;
    internal int OutputShift { get; } = outputShift;
}

/// <summary>Element-wise squared differences of codes, TensorFlow Lite's SQUARED_DIFFERENCE.</summary>
/// <remarks>
/// <c>clamp(M_o((M_a((a − zp_a) · 2^L) − M_b((b − zp_b) · 2^L))²) + zp_o)</c>, where M multiplies by a fixed-point
/// factor and L is 7 for int8 and 0 for int16: <c>tensorflow/lite/micro/kernels/squared_difference.cc</c>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SquaredDifference
{
    private const int LeftShift = 7; // of int8: squares of differences stay below 2^30

    /// <summary>int8 codes.</summary>
    /// <param name="left">int8 codes.</param>
    /// <param name="right">int8 codes.</param>
    /// <param name="geometry">How they are stretched to the output's shape.</param>
    /// <param name="constants">Zero points and multipliers.</param>
    /// <param name="output">int8 codes; may be an operand of the same shape.</param>
    /// <typeparam name="TRounding">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Int8<TRounding>(
        ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, in BroadcastGeometry geometry,
        in SquaredDifferenceConstants constants, Span<sbyte> output)
        where TRounding : struct, IFixedPointRounding =>
        Broadcast.Run<sbyte, SquaredDifferenceConstants, Int8Kernel<TRounding>>(
            left, right, geometry, constants, output);

    /// <summary>int16 codes.</summary>
    /// <param name="left">int16 codes.</param>
    /// <param name="right">int16 codes.</param>
    /// <param name="geometry">How they are stretched to the output's shape.</param>
    /// <param name="constants">Zero points, which are 0, and multipliers.</param>
    /// <param name="output">int16 codes; may be an operand of the same shape.</param>
    /// <typeparam name="TRounding">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Int16<TRounding>(
        ReadOnlySpan<short> left, ReadOnlySpan<short> right, in BroadcastGeometry geometry,
        in SquaredDifferenceConstants constants, Span<short> output)
        where TRounding : struct, IFixedPointRounding =>
        Broadcast.Run<short, SquaredDifferenceConstants, Int16Kernel<TRounding>>(
            left, right, geometry, constants, output);

    private readonly struct Int8Kernel<TRounding> : IBinaryKernel<sbyte, SquaredDifferenceConstants>
        where TRounding : struct, IFixedPointRounding
    {
        public static void Run(
            ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, in SquaredDifferenceConstants c, Span<sbyte> output)
        {
            int i = 0;
            if (FixedPointVectors<TRounding>.Takes(c.LeftShift) && FixedPointVectors<TRounding>.Takes(c.RightShift)
                && FixedPointVectors<TRounding>.Takes(c.OutputShift))
            {
                i = Avx2.IsSupported ? RunAvx2(left, right, c, output) : RunAdvSimd(left, right, c, output);
            }

            Rest<sbyte, TRounding>(left, right, c, LeftShift, output, i);
        }

        private static int RunAvx2(
            ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, in SquaredDifferenceConstants c, Span<sbyte> output)
        {
            FixedPointVectors<TRounding> ofLeft = new(c.LeftMultiplier, c.LeftShift);
            FixedPointVectors<TRounding> ofRight = new(c.RightMultiplier, c.RightShift);
            FixedPointVectors<TRounding> ofOutput = new(c.OutputMultiplier, c.OutputShift);
            int i = 0;
            for (; i <= output.Length - 8; i += 8)
            {
                Vector256<int> difference = ofLeft.Multiply(
                    (ByteVectors.Load256(left, i) - Vector256.Create(c.LeftZeroPoint)) << LeftShift)
                    - ofRight.Multiply(
                        (ByteVectors.Load256(right, i) - Vector256.Create(c.RightZeroPoint)) << LeftShift);
                ByteVectors.Store(ofOutput.Multiply(difference * difference), c.OutputZeroPoint, sbyte.MinValue,
                    sbyte.MaxValue, output, i);
            }

            return i;
        }

        private static int RunAdvSimd(
            ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, in SquaredDifferenceConstants c, Span<sbyte> output)
        {
            FixedPointVectors<TRounding> ofLeft = new(c.LeftMultiplier, c.LeftShift);
            FixedPointVectors<TRounding> ofRight = new(c.RightMultiplier, c.RightShift);
            FixedPointVectors<TRounding> ofOutput = new(c.OutputMultiplier, c.OutputShift);
            int i = 0;
            for (; i <= output.Length - 4; i += 4)
            {
                Vector128<int> difference = ofLeft.Multiply(
                    (ByteVectors.Load128(left, i) - Vector128.Create(c.LeftZeroPoint)) << LeftShift)
                    - ofRight.Multiply(
                        (ByteVectors.Load128(right, i) - Vector128.Create(c.RightZeroPoint)) << LeftShift);
                ByteVectors.Store(ofOutput.Multiply(difference * difference), c.OutputZeroPoint, sbyte.MinValue,
                    sbyte.MaxValue, output, i);
            }

            return i;
        }
    }

    private readonly struct Int16Kernel<TRounding> : IBinaryKernel<short, SquaredDifferenceConstants>
        where TRounding : struct, IFixedPointRounding
    {
        public static void Run(
            ReadOnlySpan<short> left, ReadOnlySpan<short> right, in SquaredDifferenceConstants c,
            Span<short> output) => Rest<short, TRounding>(left, right, c, 0, output, 0);
    }

    /// <summary>From an element on, in plain steps; a square wraps around as the reference's.</summary>
    private static void Rest<T, TRounding>(
        ReadOnlySpan<T> left, ReadOnlySpan<T> right, in SquaredDifferenceConstants c, int leftShift, Span<T> output,
        int first)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        where TRounding : struct, IFixedPointRounding
    {
        int leftStep = left.Length == 1 ? 0 : 1;
        int rightStep = right.Length == 1 ? 0 : 1;
        for (int i = first; i < output.Length; i++)
        {
            int a = TRounding.Multiply(
                (int.CreateTruncating(left[i * leftStep]) - c.LeftZeroPoint) << leftShift, c.LeftMultiplier,
                c.LeftShift);
            int b = TRounding.Multiply(
                (int.CreateTruncating(right[i * rightStep]) - c.RightZeroPoint) << leftShift, c.RightMultiplier,
                c.RightShift);
            int square = unchecked((a - b) * (a - b));
            output[i] = T.CreateSaturating(
                (long)TRounding.Multiply(square, c.OutputMultiplier, c.OutputShift) + c.OutputZeroPoint);
        }
    }
}
