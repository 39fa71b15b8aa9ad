using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Matrices;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

/// <summary>TensorFlow Lite's BATCH_MATMUL, float32, int8 and int16.</summary>
/// <remarks><c>tensorflow/lite/kernels/internal/reference/batch_matmul.h</c>.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BatchMatMul
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

    /// <summary>int8: sums of <c>(x − zp_x) · (y − zp_y)</c>, requantized.</summary>
    /// <param name="x">Codes of the first operand.</param>
    /// <param name="zeroPointX">Its zero point, in [-128, 127].</param>
    /// <param name="y">Codes of the second operand.</param>
    /// <param name="zeroPointY">Its zero point, in [-128, 127].</param>
    /// <param name="batches">How the matrices of the operands are stretched to those of the output; an element is a
    /// matrix.</param>
    /// <param name="shape">What one matrix is.</param>
    /// <param name="requantization">One multiplier for all outputs.</param>
    /// <param name="output">Codes of the output; it may be no operand.</param>
    /// <typeparam name="TRequantizer">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or there is another number of multipliers
    /// than one.</exception>
    [SkipLocalsInit]
    public static void Int8<TRequantizer>(
        ReadOnlySpan<sbyte> x, int zeroPointX, ReadOnlySpan<sbyte> y, int zeroPointY, in BroadcastGeometry batches,
        in BatchMatMulShape shape,
        in Requantization requantization, Span<sbyte> output)
        where TRequantizer : struct, IRequantizer
    {
        shape.Check(x.Length, y.Length, batches, output.Length);
        requantization.Check<TRequantizer>(outputs: 1);
        (int rows, int depth, int columns) = (shape.Rows, shape.Depth, shape.Columns);
        Span<int> sums = stackalloc int[FourRows.Count * FourRows.Columns];
        Span<short> factors = stackalloc short[FourRows.Count * FourRows.Depth];
        for (int batch = 0; batch < output.Length / (rows * columns); batch++)
        {
            (int atX, int atY) = Matrices(batches, batch);
            ReadOnlySpan<sbyte> matrixX = x.Slice(atX * rows * depth, rows * depth);
            ReadOnlySpan<sbyte> matrixY = y.Slice(atY * depth * columns, depth * columns);
            Span<sbyte> matrix = output.Slice(batch * rows * columns, rows * columns);
            for (int row = 0; row < rows; row += FourRows.Count)
            {
                int count = Math.Min(FourRows.Count, rows - row);
                for (int first = 0; first < columns; first += FourRows.Columns)
                {
                    int width = Math.Min(FourRows.Columns, columns - first);
                    sums.Clear();
                    for (int from = 0; from < depth; from += FourRows.Depth)
                    {
                        int steps = Math.Min(FourRows.Depth, depth - from);
                        SetRows(matrixX, (short)zeroPointX, shape, row, from, steps, factors);
                        AddProducts(factors, matrixY, (short)zeroPointY, shape, from, steps, first, width, sums);
                    }

                    if (RowCodes.Takes(width, FourRows.Count))
                    {
                        RowCodes.Run<TRequantizer>(
                            sums, FourRows.Columns, count, width, requantization,
                            matrix[((row * columns) + first)..], columns);
                        continue;
                    }

                    for (int r = 0; r < count; r++)
                    {
                        TRequantizer.Run(
                            sums.Slice(r * FourRows.Columns, width), requantization, firstChannel: 0,
                            matrix[(((row + r) * columns) + first)..]);
                    }
                }
            }
        }
    }

    /// <summary>Some steps of up to four rows of the first operand.</summary>
    private static void SetRows(
        ReadOnlySpan<sbyte> x, short zeroPoint, in BatchMatMulShape shape, int row, int from, int steps,
        Span<short> factors)
    {
        for (int r = 0; r < FourRows.Count; r++)
        {
            if (row + r >= shape.Rows)
            {
                FourRows.ClearRow(factors, steps, r);
            }
            else if (!shape.TransposesX)
            {
                FourRows.SetRow(x.Slice(((row + r) * shape.Depth) + from, steps), zeroPoint, factors, r);
            }
            else
            {
                FourRows.ClearRow(factors, steps, r);
                for (int d = 0; d < steps; d++)
                {
                    factors[(r * FourRows.Depth) + d] = (short)(x[((from + d) * shape.Rows) + row + r] - zeroPoint);
                }
            }
        }
    }

    /// <summary>Their products with some columns of the second operand.</summary>
    private static void AddProducts<TCode>(
        ReadOnlySpan<short> factors, ReadOnlySpan<TCode> y, short zeroPoint, in BatchMatMulShape shape, int from,
        int steps, int first, int width, Span<int> sums)
        where TCode : unmanaged
    {
        if (shape.TransposesY)
        {
            ColumnSums.Add(
                factors, ColumnSums.OnePiece[..(FourRows.Padded(steps) / FourRows.Step)],
                y[((first * shape.Depth) + from)..], shape.Depth, zeroPoint, width, sums);
        }
        else
        {
            DepthSums.Add(
                factors, steps, y[((from * shape.Columns) + first)..], shape.Columns, zeroPoint, width, sums);
        }
    }

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
        Span<int> sums = stackalloc int[FourRows.Count * FourRows.Columns];
        Span<long> totals = stackalloc long[FourRows.Count / 2 * FourRows.Columns];
        Span<short> factors = stackalloc short[FourRows.Count * FourRows.Depth];
        for (int batch = 0; batch < output.Length / (rows * columns); batch++)
        {
            (int atX, int atY) = Matrices(batches, batch);
            ReadOnlySpan<short> matrixX = x.Slice(atX * rows * depth, rows * depth);
            ReadOnlySpan<short> matrixY = y.Slice(atY * depth * columns, depth * columns);
            Span<short> matrix = output.Slice(batch * rows * columns, rows * columns);
            for (int row = 0; row < rows; row += FourRows.Count / 2)
            {
                int count = Math.Min(FourRows.Count / 2, rows - row);
                for (int first = 0; first < columns; first += FourRows.Columns)
                {
                    int width = Math.Min(FourRows.Columns, columns - first);
                    totals.Clear();
                    for (int from = 0; from < depth; from += FourRows.Depth)
                    {
                        int steps = Math.Min(FourRows.Depth, depth - from);
                        SetHalves(matrixX, shape, row, from, steps, factors);
                        sums.Clear();
                        AddProducts(factors, matrixY, zeroPoint: 0, shape, from, steps, first, width, sums);
                        AddHalves(sums, totals);
                    }

                    for (int i = 0; i < count; i++)
                    {
                        r.Run<Sums64>(
                            totals.Slice(i * FourRows.Columns, width), 0, matrix[(((row + i) * columns) + first)..]);
                    }
                }
            }
        }
    }

    /// <summary>
    /// Some steps of up to two rows of the first operand: the upper bytes, signed, and the lower ones, unsigned.
    /// </summary>
    /// <remarks>So 256 products, each below 2^8 · 2^15, are within int32.</remarks>
    private static void SetHalves(
        ReadOnlySpan<short> x, in BatchMatMulShape shape, int row, int from, int steps, Span<short> factors)
    {
        for (int r = 0; r < FourRows.Count; r++)
        {
            FourRows.ClearRow(factors, steps, r);
        }

        for (int i = 0; i < Math.Min(FourRows.Count / 2, shape.Rows - row); i++)
        {
            Span<short> upper = factors.Slice(2 * i * FourRows.Depth, steps);
            Span<short> lower = factors.Slice(((2 * i) + 1) * FourRows.Depth, steps);
            int at = shape.TransposesX ? (from * shape.Rows) + row + i : ((row + i) * shape.Depth) + from;
            int step = shape.TransposesX ? shape.Rows : 1;
            for (int d = 0; d < steps; d++)
            {
                short code = x[at + (d * step)];
                upper[d] = (short)(code >> 8);
                lower[d] = (short)(code & 0xFF);
            }
        }
    }

    private static void AddHalves(ReadOnlySpan<int> sums, Span<long> totals)
    {
        for (int i = 0; i < totals.Length; i += FourRows.Columns)
        {
            ReadOnlySpan<int> upper = sums.Slice(2 * i, FourRows.Columns);
            ReadOnlySpan<int> lower = sums.Slice((2 * i) + FourRows.Columns, FourRows.Columns);
            Span<long> total = totals.Slice(i, FourRows.Columns);
            for (int c = 0; c < total.Length; c++)
            {
                total[c] += (upper[c] * 256L) + lower[c];
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
