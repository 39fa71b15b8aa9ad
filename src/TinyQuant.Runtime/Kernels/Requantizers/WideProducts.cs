using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>The high halves of 64-bit products, of all lanes; x86 multiplies even lanes alone.</summary>
internal static class WideProducts
{
    /// <summary>Bits 32 to 63 of x · m + nudge.</summary>
    /// <param name="x">Any.</param>
    /// <param name="multiplier">Its even lanes are read.</param>
    /// <param name="oddMultiplier">The odd lanes' multipliers, in even lanes.</param>
    /// <param name="evenNudge">Added to the products of even lanes, 64 bits each.</param>
    /// <param name="oddNudge">Added to those of odd lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> High(
        Vector256<int> x, Vector256<int> multiplier, Vector256<int> oddMultiplier, Vector256<long> evenNudge, Vector256<long> oddNudge)
    {
        Vector256<long> even = Avx2.Multiply(x, multiplier) + evenNudge;
        Vector256<long> odd = Avx2.Multiply(Avx2.ShiftRightLogical(x.AsInt64(), 32).AsInt32(), oddMultiplier) + oddNudge;
        return Merge(even, odd);
    }

    /// <summary>Bits 32 to 63 of x · m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> High(Vector256<int> x, Vector256<int> multiplier, Vector256<int> oddMultiplier) => Merge(
        Avx2.Multiply(x, multiplier), Avx2.Multiply(Avx2.ShiftRightLogical(x.AsInt64(), 32).AsInt32(), oddMultiplier));

    /// <inheritdoc cref="High(Vector256{int}, Vector256{int}, Vector256{int}, Vector256{long}, Vector256{long})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> High(
        Vector128<int> x, Vector128<int> multiplier, Vector128<int> oddMultiplier, Vector128<long> evenNudge, Vector128<long> oddNudge)
    {
        Vector128<long> even = Sse41.Multiply(x, multiplier) + evenNudge;
        Vector128<long> odd = Sse41.Multiply(Sse2.ShiftRightLogical(x.AsInt64(), 32).AsInt32(), oddMultiplier) + oddNudge;
        return Merge(even, odd);
    }

    /// <inheritdoc cref="High(Vector256{int}, Vector256{int}, Vector256{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> High(Vector128<int> x, Vector128<int> multiplier, Vector128<int> oddMultiplier) => Merge(
        Sse41.Multiply(x, multiplier), Sse41.Multiply(Sse2.ShiftRightLogical(x.AsInt64(), 32).AsInt32(), oddMultiplier));

    /// <summary>x shifted right by each lane's own shift, which SSE4.1 lacks: bits 32 to 63 of x · 2^(32 − shift).</summary>
    /// <param name="x">Any.</param>
    /// <param name="power">2^(32 − shift) for shifts of 2 to 31.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ShiftRight(Vector128<int> x, Vector128<int> power) =>
        High(x, power, Sse2.ShiftRightLogical(power.AsInt64(), 32).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Merge(Vector256<long> even, Vector256<long> odd) =>
        Avx2.Blend(Avx2.ShiftRightLogical(even, 32).AsInt32(), odd.AsInt32(), 0b10101010);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Merge(Vector128<long> even, Vector128<long> odd) =>
        Sse41.Blend(Sse2.ShiftRightLogical(even, 32).AsInt16(), odd.AsInt16(), 0b11001100).AsInt32();
}
