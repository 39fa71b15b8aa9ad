using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using static TinyQuant.Kernels.Requantizers.FixedPointConstants;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>One rounding, halves up: (x·2^l·m + 2^(30+e)) >> (31 + e).</summary>
internal readonly unsafe struct SingleScaling : IVectorScaling
{
    public static bool Prepare(in Requantization r, int firstChannel, long bound, int* constants) =>
        FixedPointConstants.Prepare(r, firstChannel, bound, isDouble: false, constants);

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
}
