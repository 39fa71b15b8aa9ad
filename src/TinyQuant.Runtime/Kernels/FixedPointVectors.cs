using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels;

/// <summary>
/// A multiplier and a shift to the right for all lanes, and the product of a vector with it, rounded as
/// <typeparamref name="TRounding"/> does: with AVX2 or AdvSimd, and only below 2^30.
/// </summary>
internal readonly struct FixedPointVectors<TRounding>
    where TRounding : struct, IFixedPointRounding
{
    private readonly int _multiplier;
    private readonly int _right;
    private readonly int _half;
    private readonly int _signFix;

    /// <param name="multiplier">Q0.31, not negative.</param>
    /// <param name="shift">In [-31, 0].</param>
    public FixedPointVectors(int multiplier, int shift)
    {
        _multiplier = multiplier;
        _right = -shift;
        _half = shift == 0 ? 0 : 1 << (_right - 1);
        _signFix = shift == 0 ? 0 : -1;
    }

    /// <summary>Whether the products below are of use: there are such vectors, and the shift is not to the left.</summary>
    public static bool Takes(int shift) => (Avx2.IsSupported || AdvSimd.Arm64.IsSupported) && shift is <= 0 and >= -31;

    /// <summary>Eight products, with AVX2; |x| below 2^30.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> Multiply(Vector256<int> x)
    {
        bool isSingle = typeof(TRounding) == typeof(SingleRounding);
        Vector256<int> m = Vector256.Create(_multiplier);

        // Both round the product at bit 30 where no shift follows; single rounding does not, where one does.
        Vector256<long> nudge = Vector256.Create(isSingle && _right > 0 ? 0 : 1L << 30);
        Vector256<long> even = Avx2.Multiply(x, m) + nudge;
        Vector256<long> odd = Avx2.Multiply(Avx2.ShiftRightLogical(x.AsInt64(), 32).AsInt32(), m) + nudge;
        Vector256<int> high = Avx2.Blend(Avx2.ShiftRightLogical(even, 31).AsInt32(), (odd + odd).AsInt32(), 0b10101010);
        if (!isSingle)
        {
            high += Avx2.ShiftRightArithmetic(high, 31) & Vector256.Create(_signFix);
        }

        return Avx2.ShiftRightArithmetic(high + Vector256.Create(_half), Vector128.CreateScalar(_right));
    }

    /// <summary>Four products, with AdvSimd; |x| below 2^30.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<int> Multiply(Vector128<int> x)
    {
        bool isSingle = typeof(TRounding) == typeof(SingleRounding);
        Vector128<int> m = Vector128.Create(_multiplier);
        Vector128<int> high = isSingle && _right > 0
            ? AdvSimd.MultiplyDoublingSaturateHigh(x, m)
            : AdvSimd.MultiplyRoundedDoublingSaturateHigh(x, m);
        if (!isSingle)
        {
            high += AdvSimd.ShiftRightArithmetic(high, 31) & Vector128.Create(_signFix);
        }

        return AdvSimd.ShiftArithmeticRounded(high, Vector128.Create(-_right));
    }
}
