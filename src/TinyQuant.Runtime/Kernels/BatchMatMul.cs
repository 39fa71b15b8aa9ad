using System.ComponentModel;
using System.Numerics;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>The matrices of a <see cref="BatchMatMul"/>: [rows, depth] times [depth, columns].</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BatchMatMulShape
{
    /// <summary>Creates a shape.</summary>
    /// <param name="rows">Rows of the first operand and of the output; 1 or more.</param>
    /// <param name="depth">Products in each sum; 1 or more.</param>
    /// <param name="columns">Columns of the second operand and of the output; 1 or more.</param>
    /// <param name="transposesX">Whether a first operand is [depth, rows] in memory.</param>
    /// <param name="transposesY">Whether a second operand is [columns, depth] in memory.</param>
    /// <exception cref="ArgumentException">A size is less than 1.</exception>
    public BatchMatMulShape(int rows, int depth, int columns, bool transposesX = false, bool transposesY = false)
    {
        SpanChecks.AtLeast(Math.Min(rows, Math.Min(depth, columns)), 1, "size", "shape");
        (Rows, Depth, Columns, TransposesX, TransposesY) = (rows, depth, columns, transposesX, transposesY);
    }

    internal int Rows { get; }
    internal int Depth { get; }
    internal int Columns { get; }
    internal bool TransposesX { get; }
    internal bool TransposesY { get; }

    /// <summary>Checks the operands, and how they are stretched, against the output.</summary>
    /// <exception cref="ArgumentException">They do not fit each other.</exception>
    internal void Check(int x, int y, in BroadcastGeometry batches, int output)
    {
        long matrixX = (long)Rows * Depth, matrixY = (long)Depth * Columns, matrix = (long)Rows * Columns;
        SpanChecks.AtLeast(Rows, 1, "size", "shape"); // of one that was made by default
        SpanChecks.AtLeast(output, 1, nameof(output), "matrix");
        if (x % matrixX != 0 || y % matrixY != 0 || output % matrix != 0)
        {
            throw new ArgumentException("An operand or the output does not hold whole matrices.");
        }

        batches.Check((int)(x / matrixX), (int)(y / matrixY), (int)(output / matrix));
    }
}

/// <summary>TensorFlow Lite's BATCH_MATMUL, float32, int8 and int16.</summary>
/// <remarks><c>tensorflow/lite/kernels/internal/reference/batch_matmul.h</c>.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class BatchMatMul
{
    /// <summary>float32: each sum in the order of its products, one rounding after each.</summary>
    /// <param name="x">Matrices of the first operand.</param>
    /// <param name="y">Matrices of the second operand.</param>
    /// <param name="batches">How the matrices of the operands are stretched to those of the output; an element is a
    /// matrix.</param>
    /// <param name="shape">What one matrix is.</param>
    /// <param name="output">Matrices of the output; it may be no operand.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Float32(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y, in BroadcastGeometry batches, in BatchMatMulShape shape,
        Span<float> output)
    {
        shape.Check(x.Length, y.Length, batches, output.Length);
        (int rows, int depth, int columns) = (shape.Rows, shape.Depth, shape.Columns);
        for (int batch = 0; batch < output.Length / (rows * columns); batch++)
        {
            (int atX, int atY) = Matrices(batches, batch);
            ReadOnlySpan<float> matrixX = x.Slice(atX * rows * depth, rows * depth);
            ReadOnlySpan<float> matrixY = y.Slice(atY * depth * columns, depth * columns);
            for (int r = 0; r < rows; r++)
            {
                Span<float> row = output.Slice(((batch * rows) + r) * columns, columns);
                row.Clear();
                for (int d = 0; d < depth; d++)
                {
                    float factor = matrixX[shape.TransposesX ? (d * rows) + r : (r * depth) + d];
                    if (shape.TransposesY)
                    {
                        for (int c = 0; c < row.Length; c++)
                        {
                            row[c] += factor * matrixY[(c * depth) + d];
                        }
                    }
                    else
                    {
                        AddProducts(factor, matrixY.Slice(d * columns, columns), row);
                    }
                }
            }
        }
    }

    /// <summary>Not fused: the reference rounds the product.</summary>
    private static void AddProducts(float factor, ReadOnlySpan<float> values, Span<float> sums)
    {
        int i = 0;
        for (; i <= sums.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (new Vector<float>(sums[i..]) + (factor * new Vector<float>(values[i..]))).CopyTo(sums[i..]);
        }

        for (; i < sums.Length; i++)
        {
            sums[i] += factor * values[i];
        }
    }

    /// <summary>The matrices of the operands for one of the output.</summary>
    private static (int X, int Y) Matrices(in BroadcastGeometry batches, int batch)
    {
        if (batches.Sizes.IsEmpty)
        {
            return (batch, batch);
        }

        (int x, int y) = (0, 0);
        for (int d = batches.Sizes.Length - 1; d >= 0; d--)
        {
            (batch, int index) = Math.DivRem(batch, batches.Sizes[d]);
            x += index * batches.LeftStrides[d];
            y += index * batches.RightStrides[d];
        }

        return (x, y);
    }
}
