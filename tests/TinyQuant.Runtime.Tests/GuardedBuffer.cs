namespace TinyQuant.Runtime.Tests;

/// <summary>Memory that ends at a page which must not be touched, where the system allows it. Zeros at first.</summary>
internal sealed unsafe class GuardedBuffer<T> : IDisposable
    where T : unmanaged
{
    private readonly nint _start;
    private readonly nint _pages;
    private readonly int _length;

    public GuardedBuffer(int length)
    {
        _length = length;
        _pages = ((nint)length * sizeof(T) + GuardedPages.Size - 1) / GuardedPages.Size;
        _start = GuardedPages.Rent(_pages);
        Span.Clear();
    }

    public GuardedBuffer(ReadOnlySpan<T> content)
        : this(content.Length) => content.CopyTo(Span);

    /// <summary>The elements right before the guard page.</summary>
    public Span<T> Span =>
        new((void*)(_start + _pages * GuardedPages.Size - (nint)_length * sizeof(T)), _length);

    public void Dispose() => GuardedPages.Return(_start, _pages);
}
