using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>
/// One rounding, halves up, for shifts e of 1 to 31: with h = (x·m) >> 31 the code is (h + 2^(e−1)) >> e, since what h
/// lost lies below the one bit that decides.
/// </summary>
internal readonly unsafe struct SingleScaling : IVectorScaling
{
    private const int Multiplier = 0, OddMultiplier = 1, Half = 2, Shift = 4;

    public static bool Prepare(in Requantization r, int firstChannel, long bound, int* constants)
    {
        // 2x and h + 2^(e-1) stay in int32.
        if (!ChannelConstants.IsSupported || bound >= 1 << 30)
        {
            return false;
        }

        for (int channel = 0; channel < 8; channel++)
        {
            int index = r.IsPerTensor ? 0 : firstChannel + channel;
            int right = -r.Shifts[index];
            if (right is < 1 or > 31 || (!Avx2.IsSupported && Sse41.IsSupported && right == 1))
            {
                return false;
            }

            ChannelConstants.Set(constants, Multiplier, channel, r.Multipliers[index]);
            ChannelConstants.Set(constants, OddMultiplier, channel & ~1, r.Multipliers[index]);
            ChannelConstants.Set(constants, Half, channel, 1 << (right - 1));
            ChannelConstants.Set(constants, Shift, channel,
                Avx2.IsSupported ? right : AdvSimd.IsSupported ? -right : 1 << (32 - right));
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Scale(Vector256<int> x, int* constants)
    {
        Vector256<int> high = WideProducts.High(
            x + x, ChannelConstants.Load256(constants, Multiplier), ChannelConstants.Load256(constants, OddMultiplier));
        return Avx2.ShiftRightArithmeticVariable(
            high + ChannelConstants.Load256(constants, Half), ChannelConstants.Load256(constants, Shift).AsUInt32());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Scale(Vector128<int> x, int* constants)
    {
        if (AdvSimd.IsSupported)
        {
            return AdvSimd.ShiftArithmeticRounded(
                AdvSimd.MultiplyDoublingSaturateHigh(x, ChannelConstants.Load128(constants, Multiplier)),
                ChannelConstants.Load128(constants, Shift));
        }

        Vector128<int> high = WideProducts.High(
            x + x, ChannelConstants.Load128(constants, Multiplier), ChannelConstants.Load128(constants, OddMultiplier));
        return WideProducts.ShiftRight(high + ChannelConstants.Load128(constants, Half), ChannelConstants.Load128(constants, Shift));
    }
}
