namespace TinyQuant.Kernels.Geometry;

/// <summary>
/// Places of a tensor at which the same channels stand: rows by columns, with the elements from one to the next.
/// </summary>
internal readonly struct StridedRectangle(int rows, int rowStride, int columns, int columnStride)
{
    public int Rows { get; } = rows;
    public nint RowStride { get; } = rowStride;
    public int Columns { get; } = columns;
    public nint ColumnStride { get; } = columnStride;
}
