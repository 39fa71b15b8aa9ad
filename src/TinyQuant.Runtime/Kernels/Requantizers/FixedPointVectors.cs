using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>
/// A multiplier and a shift to the right for all lanes, and the product of a vector with it, rounded as
/// <typeparamref name="TRounding"/> does: with AVX2 or AdvSimd, and only below 2^30.
/// </summary>
internal readonly struct FixedPointVectors<TRounding>
    where TRounding : struct, IFixedPointRounding
{
    private readonly Vector256<int> _multiplier;
    private readonly Vector256<int> _half;
    // double rounding: the bits of a sign that count; single: what is added to a product
    private readonly Vector256<int> _fix;
    private readonly Vector256<int> _right;

    /// <param name="multiplier">Q0.31, not negative.</param>
    /// <param name="shift">In [-31, 0].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FixedPointVectors(int multiplier, int shift)
    {
        _right = Vector256.Create(-shift);
        _multiplier = Vector256.Create(multiplier);
        _half = Vector256.Create(shift == 0 ? 0 : 1 << (-shift - 1));

        // Both round the product at bit 30 where no shift follows; single rounding does not, where one does.
        _fix = IsSingle ? Vector256.Create(shift < 0 ? 0 : 1L << 30).AsInt32() : Vector256.Create(shift == 0 ? 0 : -1);
    }

    private static bool IsSingle
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(TRounding) == typeof(SingleRounding);
    }

    /// <summary>
    /// Whether the products below are of use: there are such vectors, and the shift is not to the left.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Takes(int shift) => (Avx2.IsSupported || AdvSimd.Arm64.IsSupported) && shift is <= 0 and >= -31;

    /// <summary>Eight products, with AVX2; |x| below 2^30.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> Multiply(Vector256<int> x)
    {
        Vector256<long> nudge = IsSingle ? _fix.AsInt64() : Vector256.Create(1L << 30);
        Vector256<int> high = WideProducts.Doubled(x, _multiplier, _multiplier, nudge);
        if (!IsSingle)
        {
            high += Avx2.ShiftRightArithmetic(high, 31) & _fix;
        }

        return Avx2.ShiftRightArithmeticVariable(high + _half, _right.AsUInt32());
    }

    /// <summary>Four products, with AdvSimd; |x| below 2^30.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<int> Multiply(Vector128<int> x)
    {
        Vector128<int> m = _multiplier.GetLower();
        Vector128<int> high = IsSingle && _right.ToScalar() > 0
            ? AdvSimd.MultiplyDoublingSaturateHigh(x, m)
            : AdvSimd.MultiplyRoundedDoublingSaturateHigh(x, m);
        if (!IsSingle)
        {
            high += AdvSimd.ShiftRightArithmetic(high, 31) & _fix.GetLower();
        }

        return AdvSimd.ShiftArithmeticRounded(high, -_right.GetLower());
    }
}
