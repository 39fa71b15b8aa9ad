using System.ComponentModel;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Elements;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

/// <summary>The constants of an int8 or int16 PRELU.</summary>
/// <remarks>The multipliers are Q0.31, the shifts in [-31, 30].</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PreluConstants(
    int inputZeroPoint, int alphaZeroPoint, int outputZeroPoint, int multiplier, int shift, int alphaMultiplier,
    int alphaShift)
{
    internal int InputZeroPoint { get; } = inputZeroPoint;
    internal int AlphaZeroPoint { get; } = alphaZeroPoint;
    internal int OutputZeroPoint { get; } = outputZeroPoint;
    internal int Multiplier { get; } = multiplier;
    internal int Shift { get; } = shift;
    internal int AlphaMultiplier { get; } = alphaMultiplier;
    internal int AlphaShift { get; } = alphaShift;
}

/// <summary>A slope below 0 for each element, TensorFlow Lite's PRELU, int8, int16 and float32.</summary>
/// <remarks>
/// Codes: <c>M(x − zp)</c> from 0 on, <c>M_α((x − zp) · (α − zp_α))</c> below, plus the output's zero point:
/// <c>tensorflow/lite/kernels/internal/reference/prelu.h</c>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Prelu
{
    /// <summary>int8.</summary>
    /// <param name="input">int8 codes.</param>
    /// <param name="alpha">int8 codes.</param>
    /// <param name="geometry">How they are stretched to the output's shape.</param>
    /// <param name="constants">Zero points and multipliers.</param>
    /// <param name="output">int8 codes; may be <paramref name="input"/>.</param>
    /// <typeparam name="TRounding">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Int8<TRounding>(
        ReadOnlySpan<sbyte> input, ReadOnlySpan<sbyte> alpha, in BroadcastGeometry geometry,
        in PreluConstants constants,
        Span<sbyte> output)
        where TRounding : struct, IFixedPointRounding =>
        Broadcast.Run<sbyte, PreluConstants, CodeKernel<sbyte, Int8Codes, TRounding>>(
            input, alpha, geometry, constants, output);

    /// <summary>int16 codes with int8 slopes.</summary>
    /// <param name="input">int16 codes.</param>
    /// <param name="alpha">int8 codes.</param>
    /// <param name="geometry">How they are stretched to the output's shape.</param>
    /// <param name="constants">Zero points and multipliers.</param>
    /// <param name="output">int16 codes; may be <paramref name="input"/>.</param>
    /// <typeparam name="TRounding">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Int16<TRounding>(
        ReadOnlySpan<short> input, ReadOnlySpan<sbyte> alpha, in BroadcastGeometry geometry,
        in PreluConstants constants, Span<short> output)
        where TRounding : struct, IFixedPointRounding =>
        Broadcast.Run<short, sbyte, short, PreluConstants, CodeKernel<short, Int16Codes, TRounding>>(
            input, alpha, geometry, constants, output);

    /// <summary>float32: <c>x</c> from 0 on, <c>α · x</c> below.</summary>
    /// <param name="input">Real values.</param>
    /// <param name="alpha">Real values.</param>
    /// <param name="geometry">How they are stretched to the output's shape.</param>
    /// <param name="output">Real values; may be <paramref name="input"/>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Float32(
        ReadOnlySpan<float> input, ReadOnlySpan<float> alpha, in BroadcastGeometry geometry, Span<float> output) =>
        Broadcast.Run<float, int, Float32Kernel>(input, alpha, geometry, 0, output);

    private readonly struct CodeKernel<T, TCodes, TRounding> : IBinaryKernel<T, sbyte, T, PreluConstants>
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        where TCodes : struct, ICodeVectors<T>
        where TRounding : struct, IFixedPointRounding
    {
        /// <summary>How far the product of a code and a slope, of 25 bits, can be shifted within 30.</summary>
        private const int MaxLeftShift = 5;

        public static void Run(
            ReadOnlySpan<T> left, ReadOnlySpan<sbyte> right, in PreluConstants c, Span<T> output)
        {
            int leftStep = left.Length == 1 ? 0 : 1;
            int rightStep = right.Length == 1 ? 0 : 1;
            int i = c.AlphaShift <= MaxLeftShift && ShiftedFactor<TRounding>.Takes(c.Shift, c.InputZeroPoint)
                && ShiftedFactor<TRounding>.Takes(c.AlphaShift, c.AlphaZeroPoint)
                ? Vectors(left, right, c, output)
                : 0;
            for (; i < output.Length; i++)
            {
                int x = int.CreateTruncating(left[i * leftStep]) - c.InputZeroPoint;
                int scaled = x >= 0
                    ? TRounding.Multiply(x, c.Multiplier, c.Shift)
                    : TRounding.Multiply(
                        x * (right[i * rightStep] - c.AlphaZeroPoint), c.AlphaMultiplier, c.AlphaShift);
                output[i] = T.CreateSaturating((long)scaled + c.OutputZeroPoint);
            }
        }

        /// <summary>As far as whole vectors go; returns where they end.</summary>
        private static int Vectors(
            ReadOnlySpan<T> left, ReadOnlySpan<sbyte> right, in PreluConstants c, Span<T> output)
        {
            ShiftedFactor<TRounding> above = new(c.Multiplier, c.Shift);
            ShiftedFactor<TRounding> below = new(c.AlphaMultiplier, c.AlphaShift);
            (int min, int max) = (int.CreateTruncating(T.MinValue), int.CreateTruncating(T.MaxValue));
            int i = 0;
            if (Avx2.IsSupported)
            {
                for (; i <= output.Length - 8; i += 8)
                {
                    Vector256<int> x = TCodes.Load256(left, i) - Vector256.Create(c.InputZeroPoint);
                    Vector256<int> slope = ByteVectors.Load256(right, i) - Vector256.Create(c.AlphaZeroPoint);
                    Vector256<int> y = Vector256.ConditionalSelect(
                        x >> 31, below.Multiply(x * slope), above.Multiply(x));
                    TCodes.Store(y, c.OutputZeroPoint, min, max, output, i);
                }
            }
            else
            {
                for (; i <= output.Length - 4; i += 4)
                {
                    Vector128<int> x = TCodes.Load128(left, i) - Vector128.Create(c.InputZeroPoint);
                    Vector128<int> slope = ByteVectors.Load128(right, i) - Vector128.Create(c.AlphaZeroPoint);
                    Vector128<int> y = Vector128.ConditionalSelect(
                        x >> 31, below.Multiply(x * slope), above.Multiply(x));
                    TCodes.Store(y, c.OutputZeroPoint, min, max, output, i);
                }
            }

            return i;
        }
    }

    private readonly struct Float32Kernel : IBinaryKernel<float, int>
    {
        public static void Run(
            ReadOnlySpan<float> left, ReadOnlySpan<float> right, in int constants, Span<float> output)
        {
            int leftStep = left.Length == 1 ? 0 : 1;
            int rightStep = right.Length == 1 ? 0 : 1;
            int first = leftStep == 0 || rightStep == 0 ? 0 : Vectors(left, right, output);
            for (int i = first; i < output.Length; i++)
            {
                float x = left[i * leftStep];
                output[i] = x >= 0 ? x : x * right[i * rightStep];
            }
        }

        private static int Vectors(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> output)
        {
            int i = 0;
            for (; i <= output.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                Vector<float> x = new(left[i..]);
                Vector.ConditionalSelect(
                    Vector.GreaterThanOrEqual(x, Vector<float>.Zero), x, x * new Vector<float>(right[i..]))
                    .CopyTo(output[i..]);
            }

            return i;
        }
    }
}
