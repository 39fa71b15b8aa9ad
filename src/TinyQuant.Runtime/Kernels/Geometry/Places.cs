namespace TinyQuant.Kernels.Geometry;

/// <summary>Places of a tensor at which the same channels stand: rows of columns.</summary>
internal readonly struct Places(int rows, int rowStride, int columns, int columnStride)
{
    public int Rows { get; } = rows;
    public nint RowStride { get; } = rowStride;
    public int Columns { get; } = columns;
    public nint ColumnStride { get; } = columnStride;
}
