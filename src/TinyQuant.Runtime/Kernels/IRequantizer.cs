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

    /// <inheritdoc cref="IVectorScaling.Prepare"/>
    internal static abstract unsafe bool Prepare(in Requantization r, int firstChannel, long bound, int* constants);

    /// <summary>Writes the codes of a tile, for whose channels <see cref="Prepare"/> laid out the constants.</summary>
    internal static abstract unsafe void Run(CodeTile* tile);
}
