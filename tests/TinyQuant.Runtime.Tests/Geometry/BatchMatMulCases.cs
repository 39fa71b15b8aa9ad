using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>
/// Matrix products of any size, with operands that are stretched over batches, in both orders of memory.
/// </summary>
internal static class BatchMatMulCases
{
    [KernelCase("BatchMatMul.Float32", "BatchMatMul.Int8", "BatchMatMul.Int16")]
    public static void Products(GuardedSpans s)
    {
        int[] batches = s.Once(3) ? [] : s.Values(s.Int(1, 3), () => s.Int(1, 3));
        (int[] strides, int count)[] operands = [Operand(s, batches), Operand(s, batches)];
        int all = batches.Aggregate(1, (n, size) => n * size);

        // Now and then so deep that the kernels take several blocks of it.
        (int rows, int depth, int columns) = (
            s.Int(1, 9), s.Once(8) ? s.Int(250, 600) : s.Once(2) ? s.Int(1, 20) : s.Length(), s.Length());
        (bool transposesX, bool transposesY) = (s.Once(2), s.Once(2));
        BatchMatMulShape shape = new(rows, depth, columns, transposesX, transposesY);
        BroadcastGeometry geometry = batches.Length == 0
            ? default
            : new(s.Copy(batches), s.Copy(operands[0].strides), s.Copy(operands[1].strides));

        float[] x = s.Eighths(operands[0].count * rows * depth), y = s.Eighths(operands[1].count * depth * columns);
        Span<float> reals = s.Room<float>(all * rows * columns);
        BatchMatMul.Float32(s.Copy(x), s.Copy(y), geometry, shape, reals);
        double[] sums = Sums((i, j) => x[i] * y[j]);
        Assert.Equal(Array.ConvertAll(sums, sum => (float)sum), reals.ToArray());

        sbyte[] codesX = s.Codes(x.Length), codesY = s.Codes(y.Length);
        (int zeroX, int zeroY) = (s.Int(-128, 127), s.Int(-128, 127));
        sums = Sums((i, j) => (codesX[i] - zeroX) * (codesY[j] - zeroY));
        FixedPointCase constants = s.FixedPoint(channels: 1);
        Span<sbyte> codes = s.Room<sbyte>(sums.Length);
        if (s.Once(2))
        {
            BatchMatMul.Int8<RequantDouble>(
                s.Copy(codesX), zeroX, s.Copy(codesY), zeroY, geometry, shape, constants.Requantization, codes);
            Assert.Equal(constants.Codes<RequantDouble>(sums, channels: 1), codes.ToArray());
        }
        else
        {
            BatchMatMul.Int8<RequantSingle>(
                s.Copy(codesX), zeroX, s.Copy(codesY), zeroY, geometry, shape, constants.Requantization, codes);
            Assert.Equal(constants.Codes<RequantSingle>(sums, channels: 1), codes.ToArray());
        }

        short[] wideX = WideCodes(s, x.Length), wideY = WideCodes(s, y.Length);
        sums = Sums((i, j) => (double)wideX[i] * wideY[j]);
        Int16FixedPointCase wide = new(s, channels: 1, has64Bits: true);
        Span<short> wideCodes = s.Room<short>(sums.Length);
        BatchMatMul.Int16(s.Copy(wideX), s.Copy(wideY), geometry, shape, wide.Requantization, wideCodes);
        Assert.Equal(wide.Codes(sums, channels: 1), wideCodes.ToArray());

        double[] Sums(Func<int, int, double> product)
        {
            var found = new double[all * rows * columns];
            for (int i = 0; i < found.Length; i++)
            {
                (int batch, int r, int c) = (i / (rows * columns), i / columns % rows, i % columns);
                (int atX, int atY) = (Matrix(operands[0].strides, batch) * rows * depth,
                    Matrix(operands[1].strides, batch) * depth * columns);
                for (int d = 0; d < depth; d++)
                {
                    found[i] += product(
                        atX + (transposesX ? (d * rows) + r : (r * depth) + d),
                        atY + (transposesY ? (c * depth) + d : (d * columns) + c));
                }
            }

            return found;
        }

        int Matrix(int[] strides, int batch)
        {
            int matrix = batches.Length == 0 ? batch : 0;
            for (int d = batches.Length - 1; d >= 0; d--)
            {
                matrix += batch % batches[d] * strides[d];
                batch /= batches[d];
            }

            return matrix;
        }
    }

    // All codes at one end now and then: no sum is larger.
    private static short[] WideCodes(GuardedSpans s, int count)
    {
        short end = s.Of(short.MinValue, short.MaxValue, (short)-1, (short)255);
        return s.Once(4) ? s.Values(count, () => end) : Int16Cases.Codes(s, count);
    }

    // Dense strides, but 0 in dimensions that the operand lacks; the count of its matrices.
    private static (int[] Strides, int Count) Operand(GuardedSpans s, int[] batches)
    {
        var strides = new int[batches.Length];
        int count = 1;
        for (int d = batches.Length - 1; d >= 0; d--)
        {
            bool isThere = !s.Once(3);
            strides[d] = isThere ? count : 0;
            count *= isThere ? batches[d] : 1;
        }

        return (strides, count);
    }
}
