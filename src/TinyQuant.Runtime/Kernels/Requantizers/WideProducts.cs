using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static TinyQuant.Kernels.Requantizers.FixedPointConstants;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>The high halves of 64-bit products, of all lanes; x86 multiplies even lanes alone.</summary>
internal static unsafe class WideProducts
{
    /// <summary>Bits 32 to 63 of x · 2^(l+1) · m + nudge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> High(Vector256<int> x, int* constants) => HighUnshifted(
        Avx2.ShiftLeftLogicalVariable(x, ChannelConstants.Load256(constants, Left).AsUInt32()), constants);

    /// <summary>Bits 32 to 63 of x · m + nudge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> HighUnshifted(Vector256<int> x, int* constants)
    {
        Vector256<long> even = Avx2.Multiply(x, ChannelConstants.Load256(constants, Multiplier))
            + ChannelConstants.Load256(constants, Nudge).AsInt64();
        Vector256<long> odd = Avx2.Multiply(
            (x.AsInt64() >>> 32).AsInt32(), ChannelConstants.Load256(constants, OddMultiplier))
            + ChannelConstants.Load256(constants, OddNudge).AsInt64();
        return Avx2.Blend((even >>> 32).AsInt32(), odd.AsInt32(), 0b10101010);
    }

    /// <summary>Bits 31 to 62 of x · m + nudge: even ones move down into the low half, odd ones up by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Doubled(
        Vector256<int> x, Vector256<int> multiplier, Vector256<int> oddMultiplier, Vector256<long> nudge)
    {
        Vector256<long> even = Avx2.Multiply(x, multiplier) + nudge;
        Vector256<long> odd = Avx2.Multiply(Odd(x), oddMultiplier) + nudge;
        return Avx2.Blend(Avx2.ShiftRightLogical(even, 31).AsInt32(), (odd + odd).AsInt32(), 0b10101010);
    }

    /// <summary>The odd lanes, where a product takes the even ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Odd(Vector256<int> x) => Avx2.ShiftRightLogical(x.AsInt64(), 32).AsInt32();

    /// <summary>Bits 32 to 63 of x · 2 · m + nudge: no channel has a shift to the left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> High(Vector128<int> x, int* constants)
    {
        x += x;
        return Merge(
            Sse41.Multiply(x, ChannelConstants.Load128(constants, Multiplier))
                + ChannelConstants.Load128(constants, Nudge).AsInt64(),
            Sse41.Multiply((x.AsInt64() >>> 32).AsInt32(), ChannelConstants.Load128(constants, OddMultiplier))
                + ChannelConstants.Load128(constants, OddNudge).AsInt64());
    }

    /// <summary>
    /// x shifted right by each lane's own shift, which SSE4.1 lacks: bits 32 to 63 of x · 2^(32 − shift).
    /// </summary>
    /// <param name="x">Any.</param>
    /// <param name="power">2^(32 − shift) for shifts of 2 to 31.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ShiftRight(Vector128<int> x, Vector128<int> power) => Merge(
        Sse41.Multiply(x, power), Sse41.Multiply((x.AsInt64() >>> 32).AsInt32(), (power.AsInt64() >>> 32).AsInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Merge(Vector128<long> even, Vector128<long> odd) =>
        Sse41.Blend((even >>> 32).AsInt16(), odd.AsInt16(), 0b11001100).AsInt32();
}
