using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

/// <summary>gemmlowp's two roundings, as TensorFlow Lite Micro and CMSIS-NN do by default.</summary>
/// <remarks>
/// <c>RoundingDivideByPOT(SaturatingRoundingDoublingHighMul(acc &lt;&lt; left, m), right)</c>, from
/// <c>MultiplyByQuantizedMultiplier</c> in <c>tensorflow/lite/kernels/internal/common.cc</c> and
/// <c>gemmlowp/fixedpoint/fixedpoint.h</c>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly partial struct RequantDouble : IRequantizer
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Spans or constants do not fit each other.</exception>
    public static void Run(
        ReadOnlySpan<int> accumulators, in Requantization r, int firstChannel, Span<sbyte> output)
    {
        r.CheckFixedPoint(accumulators.Length, firstChannel, output.Length);
        int done = 0;
        if (Avx2.IsSupported)
        {
            done = RunAvx2(accumulators, r, firstChannel, output);
        }
        else if (AdvSimd.Arm64.IsSupported)
        {
            done = RunAdvSimd(accumulators, r, firstChannel, output);
        }

        RunScalar(accumulators[done..], r, firstChannel + done, output[done..]);
    }

    static bool IRequantizer.TakesScales => false;

    static unsafe ScalingKind IRequantizer.Prepare(in ChannelBlock channels, int* constants) =>
        !ChannelConstants.IsSupported ? ScalingKind.Scalar
        : RectifiedDoubleScaling.Prepare(channels, constants) ? ScalingKind.RectifiedVector
        : DoubleScaling.Prepare(channels, constants) ? ScalingKind.Vector
        : WideDoubleScaling.Prepare(channels, constants) ? ScalingKind.WideVector
        : ScalingKind.Scalar;

    static unsafe void IRequantizer.Run(SumTile* tile, ScalingKind kind)
    {
        if (kind == ScalingKind.Vector)
        {
            ScaleAndStore<DoubleScaling>.Run(tile);
        }
        else if (Avx2.IsSupported && kind == ScalingKind.RectifiedVector)
        {
            ScaleAndStore<RectifiedDoubleScaling>.Run(tile);
        }
        else if (Avx2.IsSupported)
        {
            ScaleAndStore<WideDoubleScaling>.Run(tile);
        }
    }

    /// <summary>The reference, exact for every accumulator, multiplier and shift.</summary>
    internal static void RunScalar(
        ReadOnlySpan<int> accumulators, in Requantization r, int firstChannel, Span<sbyte> output)
    {
        ref int multipliers = ref MemoryMarshal.GetReference(r.Multipliers);
        ref int shifts = ref MemoryMarshal.GetReference(r.Shifts);
        int step = r.IsPerTensor ? 0 : 1;
        for (int i = 0; i < accumulators.Length; i++)
        {
            int channel = (firstChannel + i) * step;
            int scaled = Multiply(
                accumulators[i], Unsafe.Add(ref multipliers, channel), Unsafe.Add(ref shifts, channel));
            output[i] = (sbyte)Math.Clamp((long)scaled + r.ZeroPoint, r.Min, r.Max);
        }
    }

    /// <summary><c>MultiplyByQuantizedMultiplier</c> with both roundings.</summary>
    internal static int Multiply(int accumulator, int multiplier, int shift) =>
        DoubleRounding.Multiply(accumulator, multiplier, shift);
}
