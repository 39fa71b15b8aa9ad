using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Elements;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

/// <summary>
/// The constants of an int8 or int16 sum or difference: each operand is brought to a common scale, the result to its
/// own.
/// </summary>
/// <remarks>The multipliers are Q0.31; the shifts in [-31, 0], the output's in [-31, 30].</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AddConstants(
    int leftZeroPoint, int leftMultiplier, int leftShift, int rightZeroPoint, int rightMultiplier, int rightShift,
    int outputZeroPoint, int outputMultiplier, int outputShift, int min, int max)
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
    internal int Min { get; } = min;
    internal int Max { get; } = max;
}

/// <summary>Element-wise sums and differences, TensorFlow Lite's ADD and SUB of int8 and int16 codes.</summary>
/// <remarks>
/// <c>clamp(M_o(M_a((a − zp_a) · 2^20) ± M_b((b − zp_b) · 2^20)) + zp_o)</c>, where M multiplies by a fixed-point
/// factor, and the power is 2^15 in int16: <c>AddFunc</c> in
/// <c>tensorflow/lite/kernels/internal/reference/integer_ops/add.h</c>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Add
{
    /// <summary>int8 sums.</summary>
    /// <param name="left">int8 codes.</param>
    /// <param name="right">int8 codes.</param>
    /// <param name="geometry">How they are stretched to the output's shape.</param>
    /// <param name="constants">Zero points, multipliers and the clamp.</param>
    /// <param name="output">int8 codes; may be an operand of the same shape.</param>
    /// <typeparam name="TRounding">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Int8<TRounding>(
        ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, in BroadcastGeometry geometry, in AddConstants constants,
        Span<sbyte> output)
        where TRounding : struct, IFixedPointRounding =>
        Broadcast.Run<sbyte, AddConstants, Kernel<sbyte, Int8Codes, TRounding, Plus>>(
            left, right, geometry, constants, output);

    /// <summary>int8 differences, left less right.</summary>
    /// <inheritdoc cref="Int8"/>
    public static void SubInt8<TRounding>(
        ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, in BroadcastGeometry geometry, in AddConstants constants,
        Span<sbyte> output)
        where TRounding : struct, IFixedPointRounding =>
        Broadcast.Run<sbyte, AddConstants, Kernel<sbyte, Int8Codes, TRounding, Minus>>(
            left, right, geometry, constants, output);

    /// <summary>int16 sums.</summary>
    /// <param name="left">int16 codes.</param>
    /// <param name="right">int16 codes.</param>
    /// <param name="geometry">How they are stretched to the output's shape.</param>
    /// <param name="constants">Zero points, multipliers and the clamp.</param>
    /// <param name="output">int16 codes; may be an operand of the same shape.</param>
    /// <typeparam name="TRounding">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Int16<TRounding>(
        ReadOnlySpan<short> left, ReadOnlySpan<short> right, in BroadcastGeometry geometry, in AddConstants constants,
        Span<short> output)
        where TRounding : struct, IFixedPointRounding =>
        Broadcast.Run<short, AddConstants, Kernel<short, Int16Codes, TRounding, Plus>>(
            left, right, geometry, constants, output);

    /// <summary>int16 differences, left less right.</summary>
    /// <inheritdoc cref="Int16"/>
    public static void SubInt16<TRounding>(
        ReadOnlySpan<short> left, ReadOnlySpan<short> right, in BroadcastGeometry geometry, in AddConstants constants,
        Span<short> output)
        where TRounding : struct, IFixedPointRounding =>
        Broadcast.Run<short, AddConstants, Kernel<short, Int16Codes, TRounding, Minus>>(
            left, right, geometry, constants, output);

    private interface ISign
    {
        static abstract int Value { get; }
    }

    private readonly struct Plus : ISign
    {
        public static int Value => 1;
    }

    private readonly struct Minus : ISign
    {
        public static int Value => -1;
    }

    private readonly struct Kernel<T, TCodes, TRounding, TSign> : IBinaryKernel<T, AddConstants>
        where T : unmanaged, IBinaryInteger<T>
        where TCodes : struct, ICodeVectors<T>
        where TRounding : struct, IFixedPointRounding
        where TSign : struct, ISign
    {
        private static int LeftShift
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => typeof(T) == typeof(short) ? 15 : 20;
        }

        public static void Run(
            ReadOnlySpan<T> left, ReadOnlySpan<T> right, in AddConstants c, Span<T> output)
        {
            int i = 0;
            if (AreSmall(c) && FixedPointVectors<TRounding>.Takes(c.LeftShift)
                && FixedPointVectors<TRounding>.Takes(c.RightShift)
                && FixedPointVectors<TRounding>.Takes(c.OutputShift))
            {
                i = Avx2.IsSupported ? RunAvx2(left, right, c, output) : RunAdvSimd(left, right, c, output);
            }

            int leftStep = left.Length == 1 ? 0 : 1;
            int rightStep = right.Length == 1 ? 0 : 1;
            for (; i < output.Length; i++)
            {
                int x = int.CreateTruncating(left[i * leftStep]) - c.LeftZeroPoint;
                int y = int.CreateTruncating(right[i * rightStep]) - c.RightZeroPoint;
                int a = TRounding.Multiply(x << LeftShift, c.LeftMultiplier, c.LeftShift);
                int b = TRounding.Multiply(y << LeftShift, c.RightMultiplier, c.RightShift);
                int sum = TRounding.Multiply(a + (TSign.Value * b), c.OutputMultiplier, c.OutputShift);
                output[i] = T.CreateTruncating(Math.Clamp((long)sum + c.OutputZeroPoint, c.Min, c.Max));
            }
        }

        /// <summary>Whether no shifted code is beyond 30 bits, as one of int16 may be less its zero point.</summary>
        private static bool AreSmall(in AddConstants c) =>
            typeof(T) == typeof(sbyte) || (c.LeftZeroPoint | c.RightZeroPoint) == 0;

        private static int RunAvx2(
            ReadOnlySpan<T> left, ReadOnlySpan<T> right, in AddConstants c, Span<T> output)
        {
            FixedPointVectors<TRounding> ofLeft = new(c.LeftMultiplier, c.LeftShift);
            FixedPointVectors<TRounding> ofRight = new(c.RightMultiplier, c.RightShift);
            FixedPointVectors<TRounding> ofOutput = new(c.OutputMultiplier, c.OutputShift);
            int i = 0;
            for (; i <= output.Length - 8; i += 8)
            {
                Vector256<int> a = ofLeft.Multiply(
                    (TCodes.Load256(left, i) - Vector256.Create(c.LeftZeroPoint)) << LeftShift);
                Vector256<int> b = ofRight.Multiply(
                    (TCodes.Load256(right, i) - Vector256.Create(c.RightZeroPoint)) << LeftShift);
                Vector256<int> sum = ofOutput.Multiply(TSign.Value > 0 ? a + b : a - b);
                TCodes.Store(sum, c.OutputZeroPoint, c.Min, c.Max, output, i);
            }

            return i;
        }

        private static int RunAdvSimd(
            ReadOnlySpan<T> left, ReadOnlySpan<T> right, in AddConstants c, Span<T> output)
        {
            FixedPointVectors<TRounding> ofLeft = new(c.LeftMultiplier, c.LeftShift);
            FixedPointVectors<TRounding> ofRight = new(c.RightMultiplier, c.RightShift);
            FixedPointVectors<TRounding> ofOutput = new(c.OutputMultiplier, c.OutputShift);
            int i = 0;
            for (; i <= output.Length - 4; i += 4)
            {
                Vector128<int> a = ofLeft.Multiply(
                    (TCodes.Load128(left, i) - Vector128.Create(c.LeftZeroPoint)) << LeftShift);
                Vector128<int> b = ofRight.Multiply(
                    (TCodes.Load128(right, i) - Vector128.Create(c.RightZeroPoint)) << LeftShift);
                Vector128<int> sum = ofOutput.Multiply(TSign.Value > 0 ? a + b : a - b);
                TCodes.Store(sum, c.OutputZeroPoint, c.Min, c.Max, output, i);
            }

            return i;
        }
    }
}
