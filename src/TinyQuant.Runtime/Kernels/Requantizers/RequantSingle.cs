using System.ComponentModel;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

/// <summary>One rounding, halves up, as ruy and TensorFlow Lite with <c>TFLITE_SINGLE_ROUNDING</c> do.</summary>
/// <remarks>
/// <c>(acc · m + 2^(30 − shift)) &gt;&gt; (31 − shift)</c> in 64 bits: <c>MultiplyByQuantizedMultiplier</c> in
/// <c>tensorflow/lite/kernels/internal/common.cc</c> and <c>ruy/apply_multiplier.cc</c>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RequantSingle : IRequantizer
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Spans or constants do not fit each other.</exception>
    public static void Run(
        ReadOnlySpan<int> accumulators, in Requantization r, int firstChannel, Span<sbyte> output) =>
        FixedPointCodes.Run<SingleRounding>(accumulators, r, firstChannel, output);

    static bool IRequantizer.TakesScales => false;

    static unsafe ScalingKind IRequantizer.Prepare(in ChannelBlock channels, int* constants) =>
        ChannelConstants.IsSupported && SingleScaling.Prepare(channels, constants)
            ? ScalingKind.Vector
            : ScalingKind.Scalar;

    static unsafe void IRequantizer.Run(SumTile* tile, ScalingKind kind) => ScaleAndStore<SingleScaling>.Run(tile);
}
