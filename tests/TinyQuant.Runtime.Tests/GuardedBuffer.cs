using System.Runtime.InteropServices;

namespace TinyQuant.Runtime.Tests;

/// <summary>Memory that ends at a page which must not be touched, where the system allows it.</summary>
internal sealed unsafe class GuardedBuffer<T> : IDisposable
    where T : unmanaged
{
    private readonly nint _start;
    private readonly nint _size;
    private readonly int _length;

    public GuardedBuffer(int length)
    {
        _length = length;
        nint page = Environment.SystemPageSize;
        _size = ((nint)length * sizeof(T) + page - 1) / page * page + page;
        if (!OperatingSystem.IsLinux())
        {
            _start = (nint)NativeMemory.AllocZeroed((nuint)_size);
            return;
        }

        const int ReadWrite = 3, PrivateAnonymous = 0x22;
        _start = Libc.mmap(0, _size, ReadWrite, PrivateAnonymous, -1, 0);
        if (_start == -1 || Libc.mprotect(_start + _size - page, page, 0) != 0)
        {
            throw new InvalidOperationException("No guarded memory.");
        }
    }

    public GuardedBuffer(ReadOnlySpan<T> content)
        : this(content.Length) => content.CopyTo(Span);

    /// <summary>The elements right before the guard page.</summary>
    public Span<T> Span =>
        new((void*)(_start + _size - Environment.SystemPageSize - (nint)_length * sizeof(T)), _length);

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Libc.munmap(_start, _size);
        }
        else
        {
            NativeMemory.Free((void*)_start);
        }
    }
}

internal static partial class Libc
{
    [LibraryImport("libc")]
    public static partial nint mmap(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc")]
    public static partial int mprotect(nint address, nint length, int protection);

    [LibraryImport("libc")]
    public static partial int munmap(nint address, nint length);
}
