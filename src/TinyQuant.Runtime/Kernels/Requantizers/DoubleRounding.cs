using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

/// <summary>gemmlowp's two roundings: TensorFlow Lite Micro's default.</summary>
/// <remarks>
/// <c>MultiplyByQuantizedMultiplier</c> of <c>tensorflow/lite/kernels/internal/common.cc</c> without
/// <c>TFLITE_SINGLE_ROUNDING</c>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DoubleRounding : IFixedPointRounding
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Multiply(int value, int multiplier, int shift) =>
        FixedPoint.MultiplyRoundingTwice(value, multiplier, shift);

    // Right shifts of 1 to 31 only (no shift has neither nudge nor sign fix), and |x| < 2^30, or the nudge could wrap.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IFixedPointRounding.IsExact(Vector256<int> values, Vector256<int> shifts)
    {
        Vector256<int> outside = (values + Vector256.Create(1 << 30)) | ~shifts | (shifts + Vector256.Create(31));
        return Avx.MoveMask(outside.AsSingle()) == 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<int> IFixedPointRounding.Multiply(
        Vector256<int> values, Vector256<int> multipliers, Vector256<int> shifts)
    {
        Vector256<int> right = -shifts;
        Vector256<int> high = WideProducts.Doubled(
            values, multipliers, WideProducts.Odd(multipliers), Vector256.Create(1L << 30));
        Vector256<int> half = Avx2.ShiftLeftLogicalVariable(
            Vector256<int>.One, (right - Vector256<int>.One).AsUInt32());
        return Avx2.ShiftRightArithmeticVariable(high + Avx2.ShiftRightArithmetic(high, 31) + half, right.AsUInt32());
    }

    // A left shift belongs before the product, where it wraps; the scalar form does that.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IFixedPointRounding.IsExact(Vector128<int> shifts) =>
        !Vector128.GreaterThanAny(shifts, Vector128<int>.Zero);

    // SQRDMULH is the first rounding to the bit. SRSHL rounds half up, so negative values are lowered by one first,
    // except where there is no shift: then the AND is zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<int> IFixedPointRounding.Multiply(
        Vector128<int> values, Vector128<int> multipliers, Vector128<int> shifts)
    {
        Vector128<int> high = AdvSimd.MultiplyRoundedDoublingSaturateHigh(values, multipliers);
        Vector128<int> signFix = AdvSimd.ShiftRightArithmetic(high & shifts, 31);
        return AdvSimd.ShiftArithmeticRounded(AdvSimd.AddSaturate(high, signFix), shifts);
    }
}
