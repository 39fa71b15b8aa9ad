using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using static TinyQuant.Kernels.Requantizers.FixedPointConstants;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>
/// gemmlowp's two roundings. With h = (x·2^l·m + 2^30) >> 31 the code is (h + 2^(e−1) − [h &lt; 0]) >> e.
/// </summary>
/// <remarks>
/// The sign of x serves for that of h: a negative x whose h is 0 gives (2^(e−1) − 1) >> e = 0 too. Without a shift to
/// the right there is neither nudge nor fix.
/// </remarks>
internal readonly unsafe struct DoubleScaling : IVectorScaling
{
    public static bool Prepare(in ChannelBlock channels, int* constants)
    {
        if (!IsBounded(channels))
        {
            return false;
        }

        if (!Avx2.IsSupported)
        {
            return Prepare128(channels, isDouble: true, constants);
        }

        Vector256<int> right = Rights(channels);
        Store(channels.Multipliers, NudgeOf(Even(right)), NudgeOf(Odd(right)), constants);
        right.Store(constants + (Right * 8));
        (Vector256.Max(channels.Shifts, Vector256<int>.Zero) + Vector256<int>.One).Store(constants + (Left * 8));

        // A logical shift by 31 leaves 1 of a negative value, and one by 32 leaves 0 of any.
        (Vector256.Create(32) + Vector256.GreaterThan(right, Vector256<int>.Zero)).Store(constants + (Sign * 8));
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Scale(Vector256<int> x, int* constants)
    {
        Vector256<int> fix = Avx2.ShiftRightLogicalVariable(x, ChannelConstants.Load256(constants, Sign).AsUInt32());
        return Avx2.ShiftRightArithmeticVariable(
            WideProducts.High(x, constants) - fix, ChannelConstants.Load256(constants, Right).AsUInt32());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Scale(Vector128<int> x, int* constants)
    {
        Vector128<int> right = ChannelConstants.Load128(constants, Right);
        if (AdvSimd.IsSupported)
        {
            // SQRDMULH is the first rounding to the bit. SRSHL rounds halves up: one less makes it away from zero,
            // where there is a shift; where there is none the AND is 0.
            Vector128<int> high = AdvSimd.MultiplyRoundedDoublingSaturateHigh(
                AdvSimd.ShiftLogical(x, ChannelConstants.Load128(constants, Left)),
                ChannelConstants.Load128(constants, Multiplier));
            return AdvSimd.ShiftArithmeticRounded(AdvSimd.ShiftRightArithmeticAdd(high, high & right, 31), right);
        }

        return WideProducts.ShiftRight(WideProducts.High(x, constants) + (x >> 31), right);
    }

    private static Vector256<long> NudgeOf(Vector256<long> right) => Vector256.Create(1L << 31)
        + (Avx2.ShiftLeftLogicalVariable(Vector256.Create(1L << 31), right.AsUInt64())
            & Vector256.GreaterThan(right, Vector256<long>.Zero));
}
