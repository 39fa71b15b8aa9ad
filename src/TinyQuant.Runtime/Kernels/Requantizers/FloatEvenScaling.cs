using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>
/// A float32 scale, ties to even. Where no scaled sum leaves int32, the clamp may follow the conversion.
/// </summary>
internal readonly unsafe struct FloatEvenScaling : IVectorScaling
{
    public static bool Prepare(in ChannelBlock channels, int* constants)
    {
        // A power of two of room for the rounding of this.
        Vector256<float> bounds = Vector256.ConvertToSingle(channels.BiasMagnitudes)
            + Vector256.Create((float)channels.Products);
        if (!Vector256.LessThanAll(bounds * channels.Scales, Vector256.Create((float)(1 << 29))))
        {
            return false;
        }

        if (Avx2.IsSupported)
        {
            channels.Scales.AsInt32().Store(constants);
        }
        else
        {
            channels.Scales.AsInt32().GetLower().Store(constants);
            channels.Scales.AsInt32().GetUpper().Store(constants + ChannelConstants.HalfBlock);
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Scale(Vector256<int> x, int* constants) => Avx.ConvertToVector256Int32(
        Avx.ConvertToVector256Single(x) * ChannelConstants.Load256(constants, 0).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Scale(Vector128<int> x, int* constants)
    {
        Vector128<float> scaled = Vector128.ConvertToSingle(x) * ChannelConstants.Load128(constants, 0).AsSingle();
        return AdvSimd.IsSupported ? AdvSimd.ConvertToInt32RoundToEven(scaled) : Sse2.ConvertToVector128Int32(scaled);
    }
}
