namespace TinyQuant.Training.Numerics;

/// <summary>The left operand of a product: element (row, depth) at row · RowStride + depth · DepthStride.</summary>
internal readonly ref struct LeftMatrix(ReadOnlySpan<float> values, int rowStride, int depthStride)
{
    public ReadOnlySpan<float> Values { get; } = values;

    public int RowStride { get; } = rowStride;

    public int DepthStride { get; } = depthStride;

    /// <summary>A matrix [rows, depth] as it lies in memory.</summary>
    public static LeftMatrix RowMajor(ReadOnlySpan<float> values, int depth) => new(values, depth, 1);

    /// <summary>The transpose of a matrix [depth, rows] as it lies in memory.</summary>
    public static LeftMatrix Transposed(ReadOnlySpan<float> values, int rows) => new(values, 1, rows);

    /// <summary>The matrix from some row on.</summary>
    public LeftMatrix From(int row) => new(Values[(row * RowStride)..], RowStride, DepthStride);
}

/// <summary>
/// The right operand of a product, in panels of <see cref="Gemm.PanelWidth"/> columns: element (depth, column) at
/// column / width · PanelStride + depth · DepthStride + column % width. The last panel can be read whole.
/// </summary>
internal readonly ref struct RightMatrix(ReadOnlySpan<float> values, int depthStride, int panelStride)
{
    public ReadOnlySpan<float> Values { get; } = values;

    public int DepthStride { get; } = depthStride;

    public int PanelStride { get; } = panelStride;

    /// <summary>A matrix whose rows lie apart by a multiple of the panel width that holds all columns.</summary>
    public static RightMatrix Padded(ReadOnlySpan<float> values, int stride) => new(values, stride, Gemm.PanelWidth);

    /// <summary>Copies a matrix [depth, columns] into panels.</summary>
    public static RightMatrix Pack(ReadOnlySpan<float> values, int depth, int columns, ref float[] scratch)
    {
        Span<float> packed = Scratch(ref scratch, depth, columns);
        for (int c = 0; c < columns; c += Gemm.PanelWidth)
        {
            int width = Math.Min(Gemm.PanelWidth, columns - c);
            Span<float> panel = packed.Slice(c * depth, depth * Gemm.PanelWidth);
            for (int d = 0; d < depth; d++)
            {
                Span<float> row = panel.Slice(d * Gemm.PanelWidth, Gemm.PanelWidth);
                values.Slice((d * columns) + c, width).CopyTo(row);
                row[width..].Clear();
            }
        }

        return new RightMatrix(packed, Gemm.PanelWidth, depth * Gemm.PanelWidth);
    }

    /// <summary>Copies the transpose of a matrix [columns, depth] into panels.</summary>
    public static RightMatrix PackTransposed(ReadOnlySpan<float> values, int depth, int columns, ref float[] scratch)
    {
        Span<float> packed = Scratch(ref scratch, depth, columns);
        for (int c = 0; c < columns; c++)
        {
            int at = (c / Gemm.PanelWidth * Gemm.PanelWidth * depth) + (c % Gemm.PanelWidth);
            foreach (float value in values.Slice(c * depth, depth))
            {
                packed[at] = value;
                at += Gemm.PanelWidth;
            }
        }

        return new RightMatrix(packed, Gemm.PanelWidth, depth * Gemm.PanelWidth);
    }

    /// <summary>Columns rounded up to whole panels.</summary>
    public static int PaddedColumns(int columns) => (columns + Gemm.PanelWidth - 1) / Gemm.PanelWidth * Gemm.PanelWidth;

    // Columns beyond the last are never stored, so what an earlier use left there is without effect.
    private static Span<float> Scratch(ref float[] scratch, int depth, int columns)
    {
        int length = depth * PaddedColumns(columns);
        if (scratch.Length < length)
        {
            scratch = new float[length];
        }

        return scratch.AsSpan(0, length);
    }
}
