using System.ComponentModel;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>
/// How two operands are stretched to one shape: the sizes of the output's dimensions, outermost first, and for each
/// operand the elements from one index to the next, 0 where it is repeated. The default is two operands of one shape.
/// </summary>
/// <param name="sizes">1 or more dimensions.</param>
/// <param name="leftStrides">As many; the last is 0 or 1.</param>
/// <param name="rightStrides">As many; the last is 0 or 1.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct BroadcastGeometry(
    ReadOnlySpan<int> sizes, ReadOnlySpan<int> leftStrides, ReadOnlySpan<int> rightStrides)
{
    /// <summary>The most dimensions.</summary>
    internal const int MaxRank = 8;

    internal ReadOnlySpan<int> Sizes { get; } = sizes;
    internal ReadOnlySpan<int> LeftStrides { get; } = leftStrides;
    internal ReadOnlySpan<int> RightStrides { get; } = rightStrides;

    /// <summary>Checks the strides, and the spans against them.</summary>
    /// <exception cref="ArgumentException">They do not fit each other.</exception>
    internal void Check(int left, int right, int output)
    {
        if (Sizes.IsEmpty)
        {
            SpanChecks.Equal(left, output, nameof(left), nameof(output));
            SpanChecks.Equal(right, output, nameof(right), nameof(output));
            return;
        }

        SpanChecks.Equal(LeftStrides.Length, Sizes.Length, "strides", "sizes");
        SpanChecks.Equal(RightStrides.Length, Sizes.Length, "strides", "sizes");
        SpanChecks.AtLeast(MaxRank, Sizes.Length, "dimensions", "kernel's limit");
        long count = 1;
        long lastLeft = 0;
        long lastRight = 0;
        for (int d = 0; d < Sizes.Length; d++)
        {
            if (Sizes[d] < 1 || LeftStrides[d] < 0 || RightStrides[d] < 0)
            {
                SpanChecks.Throw(Sizes[d], 1, "size", "geometry");
            }

            count = Math.Min(count * Sizes[d], SpanChecks.TooMany);
            lastLeft = Math.Min(lastLeft + ((long)(Sizes[d] - 1) * LeftStrides[d]), SpanChecks.TooMany);
            lastRight = Math.Min(lastRight + ((long)(Sizes[d] - 1) * RightStrides[d]), SpanChecks.TooMany);
        }

        if (count != output)
        {
            SpanChecks.Throw(output, count, nameof(output), "geometry");
        }

        if (lastLeft >= left || lastRight >= right || LeftStrides[^1] > 1 || RightStrides[^1] > 1)
        {
            SpanChecks.Throw(Math.Min(left, right), Math.Max(lastLeft, lastRight) + 1, "operand", "geometry");
        }
    }
}
