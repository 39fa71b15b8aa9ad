using System.ComponentModel;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

/// <summary>One way of rounding accumulators to int8 codes; a kernel is generic over it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRequantizer
{
    /// <summary>Writes one code for each accumulator.</summary>
    /// <param name="accumulators">The int32 sums of consecutive channels.</param>
    /// <param name="r">Multipliers, shifts, zero point and clamp of the whole tensor.</param>
    /// <param name="firstChannel">The channel of the first accumulator; it selects per-channel constants.</param>
    /// <param name="output">At least as long as <paramref name="accumulators"/>.</param>
    static abstract void Run(
        ReadOnlySpan<int> accumulators, in Requantization r, int firstChannel, Span<sbyte> output);

    /// <summary>Whether it takes float32 scales, and not multipliers and shifts.</summary>
    internal static abstract bool TakesScales { get; }

    /// <summary>Lays out the constants of eight channels for the vector form that is exact for them.</summary>
    /// <param name="channels">What is known of them.</param>
    /// <param name="constants"><see cref="ChannelConstants.Block"/> integers.</param>
    internal static abstract unsafe ScalingKind Prepare(in ChannelBlock channels, int* constants);

    /// <summary>
    /// Writes the codes of a tile with a vector form, for which <see cref="Prepare"/> laid out the constants.
    /// </summary>
    internal static abstract unsafe void Run(SumTile* tile, ScalingKind kind);
}
