using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static TinyQuant.Kernels.Requantizers.FixedPointConstants;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>
/// gemmlowp's two roundings of any int32, with AVX2. Where there is a shift to the right, e, the code is
/// (x·m + 2^30 + 2^(30+e) − [x &lt; 0]·2^31) >> (31 + e): the high half of the 64-bit sum, shifted by e − 1, and
/// nothing is doubled first. Channels without such a shift are scaled as <see cref="DoubleScaling"/> does it, and
/// bounded.
/// </summary>
internal readonly unsafe struct WideDoubleScaling : IVectorScaling
{
    public static bool Prepare(in ChannelBlock channels, int* constants)
    {
        if (!Avx2.IsSupported || !IsBoundedUnlessRight(channels))
        {
            return false;
        }

        Vector256<int> right = Rights(channels);
        Vector256<int> isRight = Vector256.GreaterThan(right, Vector256<int>.Zero);
        Store(channels.Multipliers, NudgeOf(Even(right)), NudgeOf(Odd(right)), constants);
        (right + isRight).Store(constants + (Right * 8));
        Vector256.AndNot(Vector256.Max(channels.Shifts, Vector256<int>.Zero) + Vector256<int>.One, isRight)
            .Store(constants + (Left * 8));
        (isRight & Vector256.Create(int.MinValue)).Store(constants + (Sign * 8));
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Scale(Vector256<int> x, int* constants)
    {
        Vector256<int> sign = x & ChannelConstants.Load256(constants, Sign);
        x = Avx2.ShiftLeftLogicalVariable(x, ChannelConstants.Load256(constants, Left).AsUInt32());
        Vector256<long> even = Avx2.Multiply(x, ChannelConstants.Load256(constants, Multiplier))
            + ChannelConstants.Load256(constants, Nudge).AsInt64() - Even(sign);
        Vector256<long> odd = Avx2.Multiply(
            (x.AsInt64() >>> 32).AsInt32(), ChannelConstants.Load256(constants, OddMultiplier))
            + ChannelConstants.Load256(constants, OddNudge).AsInt64() - Odd(sign);
        Vector256<int> high = Avx2.Blend((even >>> 32).AsInt32(), odd.AsInt32(), 0b10101010);
        return Avx2.ShiftRightArithmeticVariable(high, ChannelConstants.Load256(constants, Right).AsUInt32());
    }

    // Never prepared without AVX2.
    public static Vector128<int> Scale(Vector128<int> x, int* constants) => x;

    private static Vector256<long> NudgeOf(Vector256<long> right)
    {
        Vector256<long> isRight = Vector256.GreaterThan(right, Vector256<long>.Zero);
        Vector256<long> half = Vector256.Create(1L << 30);
        return Vector256.ConditionalSelect(
            isRight, half + Avx2.ShiftLeftLogicalVariable(half, right.AsUInt64()), Vector256.Create(1L << 31));
    }
}
