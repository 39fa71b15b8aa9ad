using System.ComponentModel;
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
public readonly struct RequantDouble : IRequantizer
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Spans or constants do not fit each other.</exception>
    public static void Run(
        ReadOnlySpan<int> accumulators, in Requantization r, int firstChannel, Span<sbyte> output) =>
        FixedPointCodes.Run<DoubleRounding>(accumulators, r, firstChannel, output);

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
}
