using System.Runtime.InteropServices;

namespace TinyQuant.Training.Numerics;

/// <summary>
/// C += A · B in float32. Each element is one chain of fused multiply-adds in the order of the depth, starting from
/// what C held: the result does not depend on blocking, vector width or how rows are spread over threads.
/// </summary>
internal static class Gemm
{
    /// <summary>Columns of a panel of the right operand.</summary>
    public const int PanelWidth = 16;

    private const int TileRows = 6;
    private const int DepthBlock = 256; // a panel of it is 16 KB: half of a first-level cache
    private const int RowBlock = 96;    // 96 KB of the left operand: in the second-level cache while all panels pass

    /// <summary>C[row, column] += Σ A[row, depth] · B[depth, column].</summary>
    /// <param name="a">[rows, depth].</param>
    /// <param name="b">[depth, columns].</param>
    /// <param name="c">[rows, columns], row after row.</param>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="columns">Columns of B and C.</param>
    /// <param name="depth">Columns of A, rows of B.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    public static void AddProduct(LeftMatrix a, RightMatrix b, Span<float> c, int rows, int columns, int depth)
    {
        if (rows == 0 || columns == 0 || depth == 0)
        {
            return;
        }

        Require(a, b, c, rows, columns, depth);
        for (int d = 0; d < depth; d += DepthBlock)
        {
            int depths = Math.Min(DepthBlock, depth - d);
            for (int r = 0; r < rows; r += RowBlock)
            {
                int end = Math.Min(rows, r + RowBlock);
                for (int column = 0; column < columns; column += PanelWidth)
                {
                    Panel(a, b, c, (r, end), (column, columns), (d, depths));
                }
            }
        }
    }

    /// <summary>Some rows of one panel's columns.</summary>
    private static void Panel(
        LeftMatrix a, RightMatrix b, Span<float> c, (int First, int End) rows, (int First, int Count) columns,
        (int First, int Count) depth)
    {
        ref float right = ref MemoryMarshal.GetReference(
            b.Values[((columns.First / PanelWidth * b.PanelStride) + (depth.First * b.DepthStride))..]);
        int width = Math.Min(PanelWidth, columns.Count - columns.First);
        Span<float> staged = stackalloc float[TileRows * PanelWidth];
        for (int r = rows.First; r < rows.End;)
        {
            int count = GemmTile.RowsOf(rows.End - r);
            ref float left = ref MemoryMarshal.GetReference(
                a.Values[((r * a.RowStride) + (depth.First * a.DepthStride))..]);
            var strides = new GemmStrides(a.RowStride, a.DepthStride, b.DepthStride, columns.Count, depth.Count);
            Span<float> target = c[((r * columns.Count) + columns.First)..];
            if (width == PanelWidth)
            {
                GemmTile.Run(count, ref left, ref right, ref MemoryMarshal.GetReference(target), strides);
            }
            else
            {
                for (int i = 0; i < count; i++)
                {
                    target.Slice(i * columns.Count, width).CopyTo(staged[(i * PanelWidth)..]);
                }

                GemmTile.Run(count, ref left, ref right, ref MemoryMarshal.GetReference(staged),
                    strides with { Target = PanelWidth });
                for (int i = 0; i < count; i++)
                {
                    staged.Slice(i * PanelWidth, width).CopyTo(target[(i * columns.Count)..]);
                }
            }

            r += count;
        }
    }

    /// <summary>Tiles use references, so all that they reach is checked here.</summary>
    private static void Require(LeftMatrix a, RightMatrix b, Span<float> c, int rows, int columns, int depth)
    {
        long left = ((rows - 1L) * a.RowStride) + ((depth - 1L) * a.DepthStride) + 1;
        long right = ((columns - 1L) / PanelWidth * b.PanelStride) + ((depth - 1L) * b.DepthStride) + PanelWidth;
        if (rows < 0 || columns < 0 || depth < 0 || a.Values.Length < left || b.Values.Length < right
            || c.Length < (long)rows * columns)
        {
            throw new ArgumentException(
                Invariant($"{a.Values.Length} x {b.Values.Length} -> {c.Length} elements are too few for ")
                    + Invariant($"[{rows},{depth}] x [{depth},{columns}]."));
        }
    }
}
