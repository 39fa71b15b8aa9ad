using System.Numerics;
using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels;

public static partial class BatchMatMul
{
    /// <summary>int16, whose zero points are 0: sums of 64 bits, requantized.</summary>
    /// <param name="x">Codes of the first operand.</param>
    /// <param name="y">Codes of the second operand.</param>
    /// <param name="batches">How the matrices of the operands are stretched to those of the output; an element is a
    /// matrix.</param>
    /// <param name="shape">What one matrix is.</param>
    /// <param name="r">One multiplier for all outputs.</param>
    /// <param name="output">Codes of the output; it may be no operand.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or there is another number of multipliers
    /// than one.</exception>
    [SkipLocalsInit]
    public static void Int16(
        ReadOnlySpan<short> x, ReadOnlySpan<short> y, in BroadcastGeometry batches, in BatchMatMulShape shape,
        in Int16Requantization r, Span<short> output)
    {
        shape.Check(x.Length, y.Length, batches, output.Length);
        r.Check(outputs: 1);
        (int rows, int depth, int columns) = (shape.Rows, shape.Depth, shape.Columns);
        Span<long> all = stackalloc long[Chunk];
        for (int batch = 0; batch < output.Length / (rows * columns); batch++)
        {
            (int atX, int atY) = Matrices(batches, batch);
            ReadOnlySpan<short> matrixX = x.Slice(atX * rows * depth, rows * depth);
            ReadOnlySpan<short> matrixY = y.Slice(atY * depth * columns, depth * columns);
            for (int i = 0; i < rows; i++)
            {
                Span<short> row = output.Slice(((batch * rows) + i) * columns, columns);
                for (int first = 0; first < columns; first += Chunk)
                {
                    Span<long> sums = all[..Math.Min(Chunk, columns - first)];
                    sums.Clear();
                    for (int d = 0; d < depth; d++)
                    {
                        int factor = matrixX[shape.TransposesX ? (d * rows) + i : (i * depth) + d];
                        if (shape.TransposesY)
                        {
                            for (int c = 0; c < sums.Length; c++)
                            {
                                sums[c] += factor * matrixY[((first + c) * depth) + d];
                            }
                        }
                        else
                        {
                            AddProducts(factor, matrixY.Slice((d * columns) + first, sums.Length), sums);
                        }
                    }

                    r.Run<Sums64>(sums, 0, row[first..]);
                }
            }
        }
    }

    /// <summary>A product is at most 2^30, so that it is an int32.</summary>
    private static void AddProducts(int factor, ReadOnlySpan<short> values, Span<long> sums)
    {
        int i = 0;
        int half = Vector<int>.Count, quarter = Vector<long>.Count;
        for (; i <= values.Length - Vector<short>.Count; i += Vector<short>.Count)
        {
            Vector.Widen(new Vector<short>(values[i..]), out Vector<int> lower, out Vector<int> upper);
            Add(lower * factor, sums.Slice(i, half));
            Add(upper * factor, sums.Slice(i + half, half));
        }

        for (; i < values.Length; i++)
        {
            sums[i] += factor * values[i];
        }

        void Add(Vector<int> products, Span<long> to)
        {
            Vector.Widen(products, out Vector<long> lower, out Vector<long> upper);
            (new Vector<long>(to) + lower).CopyTo(to);
            (new Vector<long>(to[quarter..]) + upper).CopyTo(to[quarter..]);
        }
    }
}
