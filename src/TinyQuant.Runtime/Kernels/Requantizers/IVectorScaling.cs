using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>
/// A rounding's scaling of whole vectors, with constants that are laid out once for all positions: what is loaded is
/// ready, and nothing is checked.
/// </summary>
internal unsafe interface IVectorScaling
{
    /// <summary>Lays out the constants of eight channels.</summary>
    /// <param name="channels">What is known of them.</param>
    /// <param name="constants"><see cref="ChannelConstants.Block"/> integers.</param>
    /// <returns>False where vectors would not be exact, or this processor has none.</returns>
    static abstract bool Prepare(in ChannelBlock channels, int* constants);

    /// <summary>Scaled and rounded sums of eight channels, without the zero point; with AVX2.</summary>
    static abstract Vector256<int> Scale(Vector256<int> x, int* constants);

    /// <summary>The same of four channels, with SSE4.1 or AdvSimd.</summary>
    static abstract Vector128<int> Scale(Vector128<int> x, int* constants);
}
