using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TinyQuant.Kernels;

/// <summary>The memory of a run, of which generated methods take their tensors and scratch.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Arena
{
    /// <summary>A part of the arena as elements of a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="arena">The arena.</param>
    /// <param name="byteOffset">Where the part begins, in bytes from the arena's start.</param>
    /// <param name="length">Its elements.</param>
    /// <returns>As many elements, which need not be aligned to their size.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie in the arena.</exception>
    /// <exception cref="OverflowException">It has more bytes than a span can have.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // of its caller's constants nothing is left but one check
    public static Span<T> Span<T>(Span<byte> arena, int byteOffset, int length)
        where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(arena.Slice(byteOffset, checked(length * Unsafe.SizeOf<T>())));
}
