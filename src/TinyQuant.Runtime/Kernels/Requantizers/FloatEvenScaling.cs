using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>A float32 scale, ties to even. Where no scaled sum leaves int32, the clamp may follow the conversion.</summary>
internal readonly unsafe struct FloatEvenScaling : IVectorScaling
{
    public static bool Prepare(in Requantization r, int firstChannel, long bound, int* constants)
    {
        if (!ChannelConstants.IsSupported)
        {
            return false;
        }

        for (int channel = 0; channel < 8; channel++)
        {
            float scale = r.Scales[r.IsPerTensor ? 0 : firstChannel + channel];
            if (!(bound * (double)scale < 1 << 30))
            {
                return false;
            }

            int lanes = Avx2.IsSupported ? 8 : 4;
            int* vector = constants + (channel / lanes * ChannelConstants.HalfBlock);
            vector[channel % lanes] = BitConverter.SingleToInt32Bits(scale);
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
