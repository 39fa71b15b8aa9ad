namespace TinyQuant.Runtime.Tests;

/// <summary>
/// Memory that ends, or begins, at a page which must not be touched, where the system allows it. Zeros at first. Pages
/// on both sides are out of bounds; the elements lie at one of them, since they seldom fill whole pages.
/// </summary>
internal sealed unsafe class GuardedBuffer<T> : IDisposable
    where T : unmanaged
{
    private readonly nint _start;
    private readonly nint _pages;
    private readonly int _length;
    private readonly bool _atStart;

    /// <param name="length">How many elements.</param>
    /// <param name="atStart">Whether they begin behind a page out of bounds; else they end before one.</param>
    public GuardedBuffer(int length, bool atStart = false)
    {
        _length = length;
        _atStart = atStart;
        _pages = (((nint)length * sizeof(T)) + GuardedPages.Size - 1) / GuardedPages.Size;
        _start = GuardedPages.Rent(_pages);
        Span.Clear();
    }

    public GuardedBuffer(ReadOnlySpan<T> content, bool atStart = false)
        : this(content.Length, atStart) => content.CopyTo(Span);

    /// <summary>The elements at the guard page.</summary>
    public Span<T> Span =>
        new((void*)(_atStart ? _start : _start + (_pages * GuardedPages.Size) - ((nint)_length * sizeof(T))), _length);

    public void Dispose() => GuardedPages.Return(_start, _pages);
}
