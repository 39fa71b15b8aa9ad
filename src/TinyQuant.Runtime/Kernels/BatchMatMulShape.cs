using System.ComponentModel;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>The matrices of a product of two stacks of them: [rows, depth] times [depth, columns].</summary>
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
