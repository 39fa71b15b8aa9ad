using System.ComponentModel;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Elements;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

/// <summary>The constants of a product of codes.</summary>
/// <remarks>The multiplier is Q0.31, the shift in [-31, 30].</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MulConstants(
    int leftZeroPoint, int rightZeroPoint, int outputZeroPoint, int multiplier, int shift, int min, int max)
{
    internal int LeftZeroPoint { get; } = leftZeroPoint;
    internal int RightZeroPoint { get; } = rightZeroPoint;
    internal int OutputZeroPoint { get; } = outputZeroPoint;
    internal int Multiplier { get; } = multiplier;
    internal int Shift { get; } = shift;
    internal int Min { get; } = min;
    internal int Max { get; } = max;
}

/// <summary>Element-wise products of int8 and int16 codes, TensorFlow Lite's MUL.</summary>
/// <remarks>
/// <c>clamp(M((a − zp_a) · (b − zp_b)) + zp_o)</c>:
/// <c>tensorflow/lite/kernels/internal/reference/integer_ops/mul.h</c>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Mul
{
    /// <summary>int8 products.</summary>
    /// <param name="left">int8 codes.</param>
    /// <param name="right">int8 codes.</param>
    /// <param name="geometry">How they are stretched to the output's shape.</param>
    /// <param name="constants">Zero points, the multiplier and the clamp.</param>
    /// <param name="output">int8 codes; may be an operand of the same shape.</param>
    /// <typeparam name="TRounding">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Int8<TRounding>(
        ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, in BroadcastGeometry geometry, in MulConstants constants,
        Span<sbyte> output)
        where TRounding : struct, IFixedPointRounding =>
        Broadcast.Run<sbyte, MulConstants, Kernel<sbyte, Int8Codes, TRounding>>(
            left, right, geometry, constants, output);

    /// <summary>int16 products.</summary>
    /// <param name="left">int16 codes.</param>
    /// <param name="right">int16 codes.</param>
    /// <param name="geometry">How they are stretched to the output's shape.</param>
    /// <param name="constants">Zero points, the multiplier and the clamp.</param>
    /// <param name="output">int16 codes; may be an operand of the same shape.</param>
    /// <typeparam name="TRounding">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Int16<TRounding>(
        ReadOnlySpan<short> left, ReadOnlySpan<short> right, in BroadcastGeometry geometry, in MulConstants constants,
        Span<short> output)
        where TRounding : struct, IFixedPointRounding =>
        Broadcast.Run<short, MulConstants, Kernel<short, Int16Codes, TRounding>>(
            left, right, geometry, constants, output);

    private readonly struct Kernel<T, TCodes, TRounding> : IBinaryKernel<T, MulConstants>
        where T : unmanaged, IBinaryInteger<T>
        where TCodes : struct, ICodeVectors<T>
        where TRounding : struct, IFixedPointRounding
    {
        public static void Run(
            ReadOnlySpan<T> left, ReadOnlySpan<T> right, in MulConstants c, Span<T> output)
        {
            int i = 0;
            if (FixedPointVectors<TRounding>.Takes(c.Shift) && IsSmall(c))
            {
                FixedPointVectors<TRounding> scale = new(c.Multiplier, c.Shift);
                if (Avx2.IsSupported)
                {
                    for (; i <= output.Length - 8; i += 8)
                    {
                        Vector256<int> product = (TCodes.Load256(left, i) - Vector256.Create(c.LeftZeroPoint))
                            * (TCodes.Load256(right, i) - Vector256.Create(c.RightZeroPoint));
                        TCodes.Store(scale.Multiply(product), c.OutputZeroPoint, c.Min, c.Max, output, i);
                    }
                }
                else
                {
                    for (; i <= output.Length - 4; i += 4)
                    {
                        Vector128<int> product = (TCodes.Load128(left, i) - Vector128.Create(c.LeftZeroPoint))
                            * (TCodes.Load128(right, i) - Vector128.Create(c.RightZeroPoint));
                        TCodes.Store(scale.Multiply(product), c.OutputZeroPoint, c.Min, c.Max, output, i);
                    }
                }
            }

            int leftStep = left.Length == 1 ? 0 : 1;
            int rightStep = right.Length == 1 ? 0 : 1;
            for (; i < output.Length; i++)
            {
                int product = (int.CreateTruncating(left[i * leftStep]) - c.LeftZeroPoint)
                    * (int.CreateTruncating(right[i * rightStep]) - c.RightZeroPoint);
                output[i] = T.CreateTruncating(Math.Clamp(
                    (long)TRounding.Multiply(product, c.Multiplier, c.Shift) + c.OutputZeroPoint, c.Min, c.Max));
            }
        }

        /// <summary>
        /// Whether no product leaves 30 bits, or is 2^30 and shifted by so little that what is added in between fits.
        /// </summary>
        private static bool IsSmall(in MulConstants c) =>
            typeof(T) == typeof(sbyte) || (c.Shift > -31 && (c.LeftZeroPoint | c.RightZeroPoint) == 0);
    }
}
