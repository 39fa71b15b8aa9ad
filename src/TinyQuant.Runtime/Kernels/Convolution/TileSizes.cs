using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels.Convolution;

/// <summary>How a row of positions is cut into tiles.</summary>
internal static class TileSizes
{
    /// <summary>
    /// The positions of the next tile: what the unit prefers, but four and four for seven or eight, and four for the
    /// last four or fewer.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Next(int left, int preferred) => preferred == 6 && (left > 8 || left is 5 or 6) ? 6 : 4;
}
