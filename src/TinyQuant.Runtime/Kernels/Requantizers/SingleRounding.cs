using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

/// <summary>One 64-bit product rounded once, halves up: <c>TFLITE_SINGLE_ROUNDING</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SingleRounding : IFixedPointRounding
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Multiply(int value, int multiplier, int shift) =>
        FixedPoint.MultiplyRoundingOnce(value, multiplier, shift);

    // Right shifts of 1 to 31 only: then the sum before the last shift fits int32.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IFixedPointRounding.IsExact(Vector256<int> values, Vector256<int> shifts) =>
        Avx.MoveMask((~shifts | (shifts + Vector256.Create(31))).AsSingle()) == 0;

    // Bits 31 to 62 of the products, which lose nothing that the last rounding looks at: it looks at bit 31 + e - 1
    // alone, where e >= 1 is the shift.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<int> IFixedPointRounding.Multiply(
        Vector256<int> values, Vector256<int> multipliers, Vector256<int> shifts)
    {
        Vector256<int> high = WideProducts.Doubled(
            values, multipliers, WideProducts.Odd(multipliers), Vector256<long>.Zero);

        // (high + 2^(e-1)) >> e without leaving int32: floor of a half first, then the bit that was cut off.
        Vector256<uint> before = (-shifts - Vector256<int>.One).AsUInt32();
        Vector256<int> halves = Avx2.ShiftRightArithmeticVariable(high, before);
        return (halves >> 1) + (halves & Vector256<int>.One);
    }

    // SQDMULH then SRSHL round once only where there is a shift to the right.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IFixedPointRounding.IsExact(Vector128<int> shifts) =>
        !Vector128.GreaterThanAny(shifts, Vector128.Create(-1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<int> IFixedPointRounding.Multiply(
        Vector128<int> values, Vector128<int> multipliers, Vector128<int> shifts) =>
        AdvSimd.ShiftArithmeticRounded(AdvSimd.MultiplyDoublingSaturateHigh(values, multipliers), shifts);
}
