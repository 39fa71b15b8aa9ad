using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static TinyQuant.Kernels.Requantizers.FixedPointConstants;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>
/// gemmlowp's two roundings where an activation clamps all below the zero point, as ReLU does, and every channel has a
/// shift to the right, e: (x·m + 2^30 + 2^(30+e)) >> (31 + e) for any int32, with AVX2.
/// </summary>
/// <remarks>
/// What negative halves are rounded to does not show: for negative x the sum is below 2^(31+e), and the code no greater
/// than 0.
/// </remarks>
internal readonly unsafe struct RectifiedDoubleScaling : IVectorScaling
{
    public static bool Prepare(in ChannelBlock channels, int* constants)
    {
        Vector256<int> right = Rights(channels);
        if (!Avx2.IsSupported || !channels.IsRectified || !Vector256.GreaterThanAll(right, Vector256<int>.Zero))
        {
            return false;
        }

        Store(channels.Multipliers, NudgeOf(Even(right)), NudgeOf(Odd(right)), constants);
        (right - Vector256<int>.One).Store(constants + (Right * 8));
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Scale(Vector256<int> x, int* constants) => Avx2.ShiftRightArithmeticVariable(
        WideProducts.HighUnshifted(x, constants), ChannelConstants.Load256(constants, Right).AsUInt32());

    // Never prepared without AVX2.
    public static Vector128<int> Scale(Vector128<int> x, int* constants) => x;

    private static Vector256<long> NudgeOf(Vector256<long> right)
    {
        Vector256<long> half = Vector256.Create(1L << 30);
        return half + Avx2.ShiftLeftLogicalVariable(half, right.AsUInt64());
    }
}
