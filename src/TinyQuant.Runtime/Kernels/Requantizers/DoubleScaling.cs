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
/// The sign of x serves for that of h: a negative x whose h is 0 gives (2^(e−1) − 1) >> e = 0 too. Without a shift to the
/// right there is neither nudge nor fix.
/// </remarks>
internal readonly unsafe struct DoubleScaling : IVectorScaling
{
    public static bool Prepare(in Requantization r, int firstChannel, long bound, int* constants) =>
        FixedPointConstants.Prepare(r, firstChannel, bound, isDouble: true, constants);

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
            // SQRDMULH is the first rounding to the bit. SRSHL rounds halves up: one less makes it away from zero, where
            // there is a shift; where there is none the AND is 0.
            Vector128<int> high = AdvSimd.MultiplyRoundedDoublingSaturateHigh(
                AdvSimd.ShiftLogical(x, ChannelConstants.Load128(constants, Left)), ChannelConstants.Load128(constants, Multiplier));
            return AdvSimd.ShiftArithmeticRounded(AdvSimd.ShiftRightArithmeticAdd(high, high & right, 31), right);
        }

        return WideProducts.ShiftRight(WideProducts.High(x, constants) + (x >> 31), right);
    }
}
