using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Depthwise;

/// <summary>
/// 32 channels for instructions that work within 128-bit halves, so that what they leave is in the channels' order.
/// </summary>
internal static unsafe class ChannelOrder256
{
    /// <summary>Fours of channels: 0, 2, 4 and 6 in the lower half, 1, 3, 5 and 7 in the upper one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<sbyte> Load(sbyte* channels) =>
        Avx2.PermuteVar8x32(Vector256.Load((int*)channels), Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7)).AsSByte();
}
