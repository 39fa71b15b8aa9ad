using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.Geometry;

/// <summary>Where passes over a caller's float32 values best begin.</summary>
internal static class InputAlignment
{
    /// <summary>
    /// Values, from 0 to 7, to the first that a 256-bit load finds whole in a cache line; a load across two takes
    /// almost twice as long. A hint: the garbage collector may move the values after it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe nint Skip<T>(ref T source)
        where T : unmanaged =>
        (-(nint)Unsafe.AsPointer(ref source) & (Vector256<byte>.Count - 1)) / sizeof(T);
}
