using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>A kernel of two operands that are stretched to one shape.</summary>
internal delegate void BroadcastKernel<TLeft, TRight, TOutput>(
    ReadOnlySpan<TLeft> left, ReadOnlySpan<TRight> right, BroadcastGeometry geometry, Span<TOutput> output);

/// <summary>A shape of up to eight dimensions, and two operands that lack some of them.</summary>
internal sealed class BroadcastShape
{
    private const int MostElements = 1_000;

    private readonly int[] _sizes;
    private readonly int[] _left;
    private readonly int[] _right;

    public BroadcastShape(GuardedSpans s)
    {
        // The default: two operands of one shape.
        int rank = s.Once(4) ? 0 : s.Int(1, 8);
        _sizes = rank == 0 ? [] : s.Values(rank, () => s.Int(1, 4));
        if (rank > 0)
        {
            _sizes[^1] = s.Length(
                Math.Max(1, MostElements / Math.Max(1, _sizes[..^1].Aggregate(1, (n, size) => n * size))));
        }

        Length = rank == 0 ? s.Length() : _sizes.Aggregate(1, (n, size) => n * size);
        (_left, LeftLength) = Operand(s, 3);
        (_right, RightLength) = Operand(s, 2);
    }

    public int Length { get; }

    public int LeftLength { get; }

    public int RightLength { get; }

    public BroadcastGeometry Geometry(GuardedSpans s) =>
        _sizes.Length == 0 ? default : new(s.Copy(_sizes), s.Copy(_left), s.Copy(_right));

    /// <summary>The elements of the operands that an element of the output is made of.</summary>
    public (int Left, int Right) Operands(int index)
    {
        if (_sizes.Length == 0)
        {
            return (index, index);
        }

        (int left, int right) = (0, 0);
        for (int d = _sizes.Length - 1; d >= 0; d--)
        {
            left += index % _sizes[d] * _left[d];
            right += index % _sizes[d] * _right[d];
            index /= _sizes[d];
        }

        return (left, right);
    }

    /// <summary>Runs a kernel in guarded memory, each answer against a formula of two elements.</summary>
    public void Compare<TLeft, TRight, TOutput>(
        GuardedSpans s, TLeft[] left, TRight[] right, Func<TLeft, TRight, TOutput> formula,
        BroadcastKernel<TLeft, TRight, TOutput> kernel)
        where TLeft : unmanaged
        where TRight : unmanaged
        where TOutput : unmanaged
    {
        Span<TOutput> output = s.Room<TOutput>(Length);
        kernel(s.Copy(left), s.Copy(right), Geometry(s), output);
        for (int i = 0; i < output.Length; i++)
        {
            (int l, int r) = Operands(i);
            Assert.Equal(formula(left[l], right[r]), output[i]);
        }
    }

    // Dense strides, but 0 in dimensions that the operand lacks.
    private (int[] Strides, int Length) Operand(GuardedSpans s, int oneIn)
    {
        if (_sizes.Length == 0)
        {
            return ([], Length);
        }

        var strides = new int[_sizes.Length];
        int length = 1;
        for (int d = _sizes.Length - 1; d >= 0; d--)
        {
            bool isThere = !s.Once(oneIn);
            strides[d] = isThere ? length : 0;
            length *= isThere ? _sizes[d] : 1;
        }

        return (strides, length);
    }
}
