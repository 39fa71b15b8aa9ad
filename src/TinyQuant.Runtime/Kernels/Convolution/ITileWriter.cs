using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels.Convolution;

/// <summary>What a convolution makes of its sums.</summary>
internal unsafe interface ITileWriter
{
    /// <summary>Bytes of an output.</summary>
    static abstract int ElementBytes { get; }

    /// <summary>
    /// Lays out the constants of some outputs, once for all positions; returns what <see cref="Write"/> needs to know.
    /// </summary>
    static abstract uint Prepare(ref ConvolutionArgs args, int first, int count, int* constants);

    /// <summary>Writes the outputs of 8 or 16 channels.</summary>
    static abstract void Write(SumTile* tile, uint kinds, ref ConvolutionArgs args, int channel);
}
