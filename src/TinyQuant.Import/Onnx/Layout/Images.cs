using System.Collections.Immutable;

namespace TinyQuant.Import.Onnx.Layout;

/// <summary>Images as kernels read them: the channels last. A row of samples is an image of height 1.</summary>
internal static class Images
{
    private const int Space = 2; // the first dimension of it

    /// <summary>The order of batches, rows, columns and channels.</summary>
    /// <param name="shape">Batches, channels and up to two dimensions of space.</param>
    public static AxisOrder Order(ImmutableArray<int> shape) =>
        AxisOrder.Of(shape, [0, .. Enumerable.Range(Space, shape.Length - Space), 1]);

    /// <summary>[batches, rows, columns, channels].</summary>
    /// <param name="shape">Batches, channels and up to two dimensions of space.</param>
    /// <exception cref="UnsupportedException">It has more.</exception>
    public static ImmutableArray<int> Shape(ImmutableArray<int> shape)
    {
        (int rows, int columns) = Pair(shape.AsSpan()[Space..], 1);
        return [shape[0], rows, columns, shape[1]];
    }

    /// <summary>What is said of one or two dimensions of space, of rows and columns.</summary>
    /// <param name="values">Of each dimension of space.</param>
    /// <param name="missing">Of rows, where there are columns alone.</param>
    /// <exception cref="UnsupportedException">There are more.</exception>
    public static (int Rows, int Columns) Pair(ReadOnlySpan<int> values, int missing) => values.Length switch
    {
        1 => (missing, values[0]),
        2 => (values[0], values[1]),
        _ => throw new UnsupportedException(
            Invariant($"it works on {values.Length} dimensions of space; expected one or two")),
    };
}
