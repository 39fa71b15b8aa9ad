using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using static TinyQuant.Kernels.Requantizers.FixedPointConstants;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>
/// One rounding, halves up: (x·m + 2^(30+e)) >> (31 + e) is the high half of the 64-bit sum, shifted by e − 1. Without
/// a shift to the right it is that of (x·2^(l+1)·m + 2^31).
/// </summary>
internal readonly unsafe struct SingleScaling : IVectorScaling
{
    public static bool Prepare(in ChannelBlock channels, int* constants)
    {
        if (!Avx2.IsSupported)
        {
            return IsBounded(channels) && Prepare128(channels, isDouble: false, constants);
        }

        if (!IsBoundedUnlessRight(channels))
        {
            return false;
        }

        Vector256<int> right = Rights(channels);
        Vector256<int> isRight = Vector256.GreaterThan(right, Vector256<int>.Zero);
        Store(channels.Multipliers, NudgeOf(Even(right)), NudgeOf(Odd(right)), constants);
        (right + isRight).Store(constants + (Right * 8));
        Vector256.AndNot(Vector256.Max(channels.Shifts, Vector256<int>.Zero) + Vector256<int>.One, isRight)
            .Store(constants + (Left * 8));
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Scale(Vector256<int> x, int* constants) => Avx2.ShiftRightArithmeticVariable(
        WideProducts.High(x, constants), ChannelConstants.Load256(constants, Right).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Scale(Vector128<int> x, int* constants)
    {
        Vector128<int> right = ChannelConstants.Load128(constants, Right);

        // What SQDMULH cuts off lies below the one bit that SRSHL looks at.
        return AdvSimd.IsSupported
            ? AdvSimd.ShiftArithmeticRounded(
                AdvSimd.MultiplyDoublingSaturateHigh(x, ChannelConstants.Load128(constants, Multiplier)), right)
            : WideProducts.ShiftRight(WideProducts.High(x, constants), right);
    }

    private static Vector256<long> NudgeOf(Vector256<long> right) => Vector256.ConditionalSelect(
        Vector256.GreaterThan(right, Vector256<long>.Zero),
        Avx2.ShiftLeftLogicalVariable(Vector256.Create(1L << 30), right.AsUInt64()),
        Vector256.Create(1L << 31));
}
