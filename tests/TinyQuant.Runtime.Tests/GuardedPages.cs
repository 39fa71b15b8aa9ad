using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace TinyQuant.Runtime.Tests;

/// <summary>
/// Runs of pages between two pages that must not be touched, where the system allows it. They are kept for the next
/// user: a test run takes a million of them, and mapping each anew cost it more than the kernels did.
/// </summary>
internal static unsafe partial class GuardedPages
{
    private static readonly ConcurrentDictionary<nint, ConcurrentBag<nint>> s_free = [];

    public static nint Size { get; } = Environment.SystemPageSize;

    /// <summary>
    /// The address of <paramref name="pages"/> pages; what they hold is left over from their last user.
    /// </summary>
    public static nint Rent(nint pages) => FreeOf(pages).TryTake(out nint start) ? start : Map(pages);

    public static void Return(nint start, nint pages) => FreeOf(pages).Add(start);

    private static ConcurrentBag<nint> FreeOf(nint pages) => s_free.GetOrAdd(pages, static _ => []);

    private static nint Map(nint pages)
    {
        nint bytes = pages * Size;
        if (!OperatingSystem.IsLinux())
        {
            return (nint)NativeMemory.Alloc((nuint)bytes);
        }

        const int ReadWrite = 3, PrivateAnonymous = 0x22;
        nint before = mmap(0, bytes + (2 * Size), ReadWrite, PrivateAnonymous, -1, 0);
        return before != -1 && mprotect(before, Size, 0) == 0 && mprotect(before + Size + bytes, Size, 0) == 0
            ? before + Size
            : throw new InvalidOperationException("No guarded memory.");
    }

    [LibraryImport("libc")]
    private static partial nint mmap(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc")]
    private static partial int mprotect(nint address, nint length, int protection);
}
