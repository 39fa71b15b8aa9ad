using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

/// <summary>A float32 scale, ties to even, as XNNPACK and ONNX Runtime do.</summary>
/// <remarks>
/// <c>roundeven(clamp((float)acc · scale, min − zp, max − zp)) + zp</c>: <c>xnn_qs8_requantize_fp32</c> of XNNPACK and
/// <c>MlasRequantizeOutput</c> of ONNX Runtime. The clamp comes first, so that no conversion overflows.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RequantFloatEven : IRequantizer
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Spans or constants do not fit each other.</exception>
    public static void Run(ReadOnlySpan<int> accumulators, in Requantization r, int firstChannel, Span<sbyte> output)
    {
        r.CheckScales(accumulators.Length, firstChannel, output.Length);
        int done = Avx2.IsSupported ? RunAvx2(accumulators, r, firstChannel, output)
            : AdvSimd.Arm64.IsSupported ? RunAdvSimd(accumulators, r, firstChannel, output) : 0;
        RunScalar(accumulators[done..], r, firstChannel + done, output[done..]);
    }

    static bool IRequantizer.TakesScales => true;

    static unsafe ScalingKind IRequantizer.Prepare(in ChannelBlock channels, int* constants) =>
        ChannelConstants.IsSupported && FloatEvenScaling.Prepare(channels, constants)
            ? ScalingKind.Vector
            : ScalingKind.Scalar;

    static unsafe void IRequantizer.Run(SumTile* tile, ScalingKind kind) => ScaleAndStore<FloatEvenScaling>.Run(tile);

    /// <summary>The reference.</summary>
    internal static void RunScalar(
        ReadOnlySpan<int> accumulators, in Requantization r, int firstChannel, Span<sbyte> output)
    {
        int step = r.IsPerTensor ? 0 : 1;
        for (int i = 0; i < accumulators.Length; i++)
        {
            float scaled = accumulators[i] * r.Scales[(firstChannel + i) * step];
            scaled = Math.Min(Math.Max(scaled, r.Min - r.ZeroPoint), r.Max - r.ZeroPoint);
            output[i] = (sbyte)((int)MathF.Round(scaled) + r.ZeroPoint);
        }
    }

    /// <summary>Sixteen channels at a time; returns how many it wrote.</summary>
    internal static int RunAvx2(
        ReadOnlySpan<int> accumulators, in Requantization r, int firstChannel, Span<sbyte> output)
    {
        ref int source = ref MemoryMarshal.GetReference(accumulators);
        ref float scales = ref MemoryMarshal.GetReference(r.Scales);
        ref sbyte target = ref MemoryMarshal.GetReference(output);
        bool perTensor = r.IsPerTensor;
        Vector256<short> zeroPoint = Vector256.Create((short)r.ZeroPoint);
        Vector128<sbyte> min = Vector128.Create((sbyte)r.Min);
        Vector128<sbyte> max = Vector128.Create((sbyte)r.Max);
        Vector256<float> least = Vector256.Create((float)(r.Min - r.ZeroPoint));
        Vector256<float> greatest = Vector256.Create((float)(r.Max - r.ZeroPoint));
        Vector256<float> scale0 = Vector256.Create(scales), scale1 = scale0;
        int i = 0;
        for (; i <= accumulators.Length - 16; i += 16)
        {
            if (!perTensor)
            {
                scale0 = Vector256.LoadUnsafe(ref scales, (nuint)(firstChannel + i));
                scale1 = Vector256.LoadUnsafe(ref scales, (nuint)(firstChannel + i + 8));
            }

            Vector256<float> x0 = Avx.ConvertToVector256Single(Vector256.LoadUnsafe(ref source, (nuint)i)) * scale0;
            Vector256<float> x1 = Avx.ConvertToVector256Single(Vector256.LoadUnsafe(ref source, (nuint)(i + 8)))
                * scale1;
            RequantVectors.Narrow(
                Avx.ConvertToVector256Int32(Avx.Min(Avx.Max(x0, least), greatest)),
                Avx.ConvertToVector256Int32(Avx.Min(Avx.Max(x1, least), greatest)),
                zeroPoint, min, max).StoreUnsafe(ref target, (nuint)i);
        }

        return i;
    }

    /// <summary>Eight channels at a time; returns how many it wrote.</summary>
    internal static int RunAdvSimd(
        ReadOnlySpan<int> accumulators, in Requantization r, int firstChannel, Span<sbyte> output)
    {
        ref int source = ref MemoryMarshal.GetReference(accumulators);
        ref float scales = ref MemoryMarshal.GetReference(r.Scales);
        ref sbyte target = ref MemoryMarshal.GetReference(output);
        bool perTensor = r.IsPerTensor;
        Vector128<short> zeroPoint = Vector128.Create((short)r.ZeroPoint);
        Vector64<sbyte> min = Vector64.Create((sbyte)r.Min);
        Vector64<sbyte> max = Vector64.Create((sbyte)r.Max);
        Vector128<float> least = Vector128.Create((float)(r.Min - r.ZeroPoint));
        Vector128<float> greatest = Vector128.Create((float)(r.Max - r.ZeroPoint));
        Vector128<float> scale0 = Vector128.Create(scales), scale1 = scale0;
        int i = 0;
        for (; i <= accumulators.Length - 8; i += 8)
        {
            if (!perTensor)
            {
                scale0 = Vector128.LoadUnsafe(ref scales, (nuint)(firstChannel + i));
                scale1 = Vector128.LoadUnsafe(ref scales, (nuint)(firstChannel + i + 4));
            }

            Vector128<float> x0 = AdvSimd.ConvertToSingle(Vector128.LoadUnsafe(ref source, (nuint)i)) * scale0;
            Vector128<float> x1 = AdvSimd.ConvertToSingle(Vector128.LoadUnsafe(ref source, (nuint)(i + 4))) * scale1;
            RequantVectors.Narrow(
                AdvSimd.ConvertToInt32RoundToEven(AdvSimd.Min(AdvSimd.Max(x0, least), greatest)),
                AdvSimd.ConvertToInt32RoundToEven(AdvSimd.Min(AdvSimd.Max(x1, least), greatest)),
                zeroPoint, min, max).StoreUnsafe(ref target, (nuint)i);
        }

        return i;
    }
}
