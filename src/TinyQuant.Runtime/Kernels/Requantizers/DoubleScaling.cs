using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>
/// gemmlowp's two roundings for shifts e of 1 to 31. With h = (x·m + 2^30) >> 31 the code is
/// (h + 2^(e−1) − [x &lt; 0]) >> e. The product of 2x has h in its high half, where both 2^30 and 2^(e−1) are added at once.
/// </summary>
/// <remarks>A negative x whose h is 0 gives (2^(e−1) − 1) >> e = 0 too, so the sign of x serves for that of h.</remarks>
internal readonly unsafe struct DoubleScaling : IVectorScaling
{
    private const int Multiplier = 0, OddMultiplier = 1, Nudge = 2, OddNudge = 3, Shift = 4;

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
            int multiplier = r.Multipliers[index];
            int right = -r.Shifts[index];
            if (right is < 1 or > 31 || (!Avx2.IsSupported && Sse41.IsSupported && right == 1))
            {
                return false;
            }

            ChannelConstants.Set(constants, Multiplier, channel, multiplier);
            if (AdvSimd.IsSupported)
            {
                ChannelConstants.Set(constants, Shift, channel, -right);
                continue;
            }

            ChannelConstants.Set(constants, OddMultiplier, channel & ~1, multiplier);
            ChannelConstants.SetWide(constants, Nudge, channel, (1L << 31) + (1L << (31 + right)));
            ChannelConstants.Set(constants, Shift, channel, Avx2.IsSupported ? right : 1 << (32 - right));
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Scale(Vector256<int> x, int* constants)
    {
        Vector256<int> high = WideProducts.High(
            x + x,
            ChannelConstants.Load256(constants, Multiplier),
            ChannelConstants.Load256(constants, OddMultiplier),
            ChannelConstants.Load256(constants, Nudge).AsInt64(),
            ChannelConstants.Load256(constants, OddNudge).AsInt64());
        return Avx2.ShiftRightArithmeticVariable(
            high + Avx2.ShiftRightArithmetic(x, 31), ChannelConstants.Load256(constants, Shift).AsUInt32());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Scale(Vector128<int> x, int* constants)
    {
        if (AdvSimd.IsSupported)
        {
            // SRSHL rounds halves up; one less for negative values makes it away from zero.
            Vector128<int> product = AdvSimd.MultiplyRoundedDoublingSaturateHigh(x, ChannelConstants.Load128(constants, Multiplier));
            return AdvSimd.ShiftArithmeticRounded(
                AdvSimd.ShiftRightArithmeticAdd(product, product, 31), ChannelConstants.Load128(constants, Shift));
        }

        Vector128<int> high = WideProducts.High(
            x + x,
            ChannelConstants.Load128(constants, Multiplier),
            ChannelConstants.Load128(constants, OddMultiplier),
            ChannelConstants.Load128(constants, Nudge).AsInt64(),
            ChannelConstants.Load128(constants, OddNudge).AsInt64());
        return WideProducts.ShiftRight(high + (x >> 31), ChannelConstants.Load128(constants, Shift));
    }
}
