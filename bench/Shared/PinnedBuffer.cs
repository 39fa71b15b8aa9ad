using System.Runtime.InteropServices;

namespace TinyQuant.Bench;

/// <summary>Memory whose address leaves a chosen remainder, where the garbage collector does not move it.</summary>
internal sealed class PinnedBuffer<T>
    where T : unmanaged
{
    /// <summary>A cache line.</summary>
    public const int Line = 64;

    private readonly T[] _memory;
    private readonly int _first;
    private readonly int _length;

    public unsafe PinnedBuffer(ReadOnlySpan<T> values, int offset)
    {
        _length = values.Length;
        _memory = GC.AllocateUninitializedArray<T>(_length + (2 * Line / sizeof(T)), pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0);
        _first = (int)((offset - (address % Line) + Line) % Line) / sizeof(T);
        values.CopyTo(_memory.AsSpan(_first));
    }

    public Span<T> Span => _memory.AsSpan(_first, _length);
}
