using System.Numerics;
using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>Kernels that copy elements of one, two and four bytes.</summary>
internal static class MovementCases
{
    [KernelCase("StridedCopy.Gather", "StridedCopy.Pad")]
    public static void Views(GuardedSpans s)
    {
        Views<sbyte>(s);
        Views<short>(s);
        Views<float>(s);
        Transposed<sbyte>(s);
        Transposed<short>(s);
        Transposed<float>(s);
        Transposed<long>(s);
    }

    [KernelCase("RowCopy.All", "RowCopy.Join", "RowCopy.Split")]
    public static void Rows(GuardedSpans s)
    {
        Rows<sbyte>(s);
        Rows<short>(s);
        Rows<int>(s);
    }

    [KernelCase("ResizeNearestNeighbor.Run")]
    public static void Nearest(GuardedSpans s)
    {
        (int batches, int height, int width, int channels) = (s.Int(1, 2), s.Int(1, 5), s.Int(1, 5), s.Length(40));
        int[] rows = s.Values(s.Int(1, 6), () => s.Int(0, height - 1)),
            columns = s.Values(s.Int(1, 6), () => s.Int(0, width - 1));
        sbyte[] input = s.Codes(batches * height * width * channels);
        Span<sbyte> output = s.Room<sbyte>(batches * rows.Length * columns.Length * channels);
        ResizeNearestNeighbor.Run<sbyte>(s.Copy(input), height, width, channels, s.Copy(rows), s.Copy(columns), output);
        for (int i = 0; i < output.Length; i++)
        {
            int pixel = i / channels;
            int row = rows[pixel / columns.Length % rows.Length] + (pixel / columns.Length / rows.Length * height);
            Assert.Equal(
                input[(((row * width) + columns[pixel % columns.Length]) * channels) + (i % channels)], output[i]);
        }
    }

    [KernelCase("ResizeBilinear.Run")]
    public static void Bilinear(GuardedSpans s)
    {
        (int batches, int height, int width, int channels) = (s.Int(1, 2), s.Int(1, 5), s.Int(1, 5), s.Length(40));
        int down = s.Int(1, 6), across = s.Int(1, 6);
        int[] rows = s.Values(2 * down, () => s.Int(0, height - 1)),
            columns = s.Values(2 * across, () => s.Int(0, width - 1));
        int[] rowSteps = s.Values(down, () => s.Int(-512, 1023)),
            columnSteps = s.Values(across, () => s.Int(-512, 1023));
        sbyte[] codes = s.Codes(batches * height * width * channels);
        Span<sbyte> output = s.Room<sbyte>(batches * down * across * channels);
        Span<float> reals = s.Room<float>(output.Length);
        bool isSingle = s.Once(2);
        if (isSingle)
        {
            ResizeBilinear.Run<SingleRounding>(s.Copy(codes), height, width, channels, s.Copy(rows), s.Copy(rowSteps),
                s.Copy(columns), s.Copy(columnSteps), output);
        }
        else
        {
            ResizeBilinear.Run<DoubleRounding>(s.Copy(codes), height, width, channels, s.Copy(rows), s.Copy(rowSteps),
                s.Copy(columns), s.Copy(columnSteps), output);
        }

        // Codes are small and parts are 1024ths: four products are exact in any order, in float32 but for the last
        // bits.
        ResizeBilinear.Run(
            s.Copy(Array.ConvertAll(codes, code => (float)code)), height, width, channels, s.Copy(rows),
            s.Copy(Array.ConvertAll(rowSteps, step => step / 1024f)),
            s.Copy(columns), s.Copy(Array.ConvertAll(columnSteps, step => step / 1024f)), reals);
        for (int i = 0; i < output.Length; i++)
        {
            (int x, int y, int batch) = (
                i / channels % across, i / channels / across % down, i / channels / across / down);
            long At(int row, int column) =>
                codes[(((((batch * height) + row) * width) + column) * channels) + (i % channels)];
            long sum = ((1024 - rowSteps[y]) * (1024 - columnSteps[x]) * At(rows[2 * y], columns[2 * x]))
                + (rowSteps[y] * (1024 - columnSteps[x]) * At(rows[(2 * y) + 1], columns[2 * x]))
                + ((1024 - rowSteps[y]) * columnSteps[x] * At(rows[2 * y], columns[(2 * x) + 1]))
                + (rowSteps[y] * columnSteps[x] * At(rows[(2 * y) + 1], columns[(2 * x) + 1]));
            const long half = 1 << 19;
            Assert.Equal(
                (sbyte)(isSingle ? (sum + half) >> 20 : (sum > 0 ? sum + half : sum - half) / (2 * half)), output[i]);
            Assert.Equal(sum / 1048576.0, reals[i], 1e-3);
        }
    }

    [KernelCase("ResizeBilinear.Bytes")]
    public static void Bytes(GuardedSpans s)
    {
        (int batches, int height, int width, int channels) = (s.Int(1, 2), s.Int(1, 5), s.Int(1, 5), s.Length(40));
        int down = s.Int(1, 6), across = s.Int(1, 6);
        int[] rows = s.Values(2 * down, () => s.Int(0, height - 1)),
            columns = s.Values(2 * across, () => s.Int(0, width - 1));
        float[] rowParts = s.Values(down, () => s.Int(0, 1023) / 1024f),
            columnParts = s.Values(across, () => s.Int(0, 1023) / 1024f);
        sbyte[] codes = s.Codes(batches * height * width * channels);
        Span<sbyte> output = s.Room<sbyte>(batches * down * across * channels);
        ResizeBilinear.Bytes(
            s.Copy(codes), height, width, channels, s.Copy(rows), s.Copy(rowParts), s.Copy(columns),
            s.Copy(columnParts), output);
        for (int i = 0; i < output.Length; i++)
        {
            (int x, int y, int batch) = (
                i / channels % across, i / channels / across % down, i / channels / across / down);
            float At(int row, int column) =>
                codes[(((((batch * height) + row) * width) + column) * channels) + (i % channels)] + 128;
            float sum = (At(rows[2 * y], columns[2 * x]) * (1 - rowParts[y]) * (1 - columnParts[x]))
                + (At(rows[(2 * y) + 1], columns[2 * x]) * rowParts[y] * (1 - columnParts[x]))
                + (At(rows[2 * y], columns[(2 * x) + 1]) * (1 - rowParts[y]) * columnParts[x])
                + (At(rows[(2 * y) + 1], columns[(2 * x) + 1]) * rowParts[y] * columnParts[x]);
            Assert.Equal((byte)(sum + 0.5f) - 128, output[i]);
        }
    }

    [KernelCase("SpaceBatch.ToBatch", "SpaceBatch.ToSpace")]
    public static void Batches(GuardedSpans s)
    {
        (int batches, int height, int width, int channels) = (s.Int(1, 2), s.Int(1, 6), s.Int(1, 6), s.Length(40));
        (int down, int across, int top, int left) = (s.Int(1, 3), s.Int(1, 3), s.Int(0, 2), s.Int(0, 2));
        int rows = ((top + height + down - 1) / down) + s.Int(0, 1),
            columns = ((left + width + across - 1) / across) + s.Int(0, 1);
        SpaceBatchShape shape = new(batches, height, width, channels, down, across, rows, columns, top, left);
        short[] space = s.Values(batches * height * width * channels, () => (short)s.Int(-1000, 1000));
        Span<short> images = s.Room<short>(batches * down * across * rows * columns * channels),
            back = s.Room<short>(space.Length);
        SpaceBatch.ToBatch(s.Copy(space), shape, (short)7, images);
        SpaceBatch.ToSpace<short>(images, shape, back);
        Assert.Equal(space, back.ToArray());
        for (int i = 0; i < images.Length; i++)
        {
            int column = i / channels % columns, row = i / channels / columns % rows,
                image = i / channels / columns / rows;
            int y = (row * down) + (image / batches / across) - top,
                x = (column * across) + (image / batches % across) - left;
            bool isInside = y >= 0 && y < height && x >= 0 && x < width;
            Assert.Equal(
                isInside ? space[(((((image % batches * height) + y) * width) + x) * channels) + (i % channels)] : 7,
                images[i]);
        }
    }

    private static void Views<T>(GuardedSpans s)
        where T : unmanaged, INumber<T>
    {
        ViewCase any = new(s, repeats: true, isForward: false), apart = new(s, repeats: false, isForward: false);
        T[] input = s.Values(any.Farthest + 1, () => T.CreateChecked(s.Int(-120, 120)));
        Span<T> gathered = s.Room<T>(any.Count);
        StridedCopy.Gather<T>(s.Copy(input), any.View(s), gathered);
        Assert.Equal(any.Places().Select(place => input[place]), gathered.ToArray());

        T[] inside = s.Values(apart.Count, () => T.CreateChecked(s.Int(-120, 120)));
        Span<T> padded = s.Room<T>(apart.Farthest + 1 + s.Int(0, 3));
        T[] expected = [.. Enumerable.Repeat(T.CreateChecked(99), padded.Length)];
        int[] places = apart.Places();
        for (int i = 0; i < places.Length; i++)
        {
            expected[places[i]] = inside[i];
        }

        StridedCopy.Pad<T>(s.Copy(inside), T.CreateChecked(99), apart.View(s), padded);
        Assert.Equal(expected, padded.ToArray());
    }

    /// <summary>Matrices turned, of rows that may lie apart, forwards and backwards.</summary>
    private static void Transposed<T>(GuardedSpans s)
        where T : unmanaged, INumber<T>
    {
        (int matrices, int rows, int columns) = (s.Int(1, 2), s.Length(70), s.Length(70));
        int stride = rows + s.Of(0, 0, 1, 5);
        bool isBackward = s.Once(3);
        int[] sizes = [matrices, rows, columns], strides = [stride * columns, 1, isBackward ? -stride : stride];
        int begin = isBackward ? stride * (columns - 1) : 0;
        T[] input = s.Values(
            (((matrices * columns) - 1) * stride) + rows, () => T.CreateChecked(s.Int(-120, 120)));
        Span<T> output = s.Room<T>(matrices * rows * columns);
        StridedCopy.Gather<T>(s.Copy(input), new StridedView(begin, s.Copy(sizes), s.Copy(strides)), output);
        for (int i = 0; i < output.Length; i++)
        {
            int at = begin + (i / rows / columns * strides[0]) + (i / columns % rows) + (i % columns * strides[2]);
            Assert.Equal(input[at], output[i]);
        }
    }

    private static void Rows<T>(GuardedSpans s)
        where T : unmanaged, INumber<T>
    {
        (int rows, int part, int begin) = (s.Int(1, 9), s.Length(), s.Int(0, 9));
        int whole = begin + part + s.Int(0, 9);
        if (s.Once(3))
        {
            (rows, part, begin, whole) = (s.Length(), 1, s.Int(0, 1), 2); // single elements, every second one
        }

        T[] wide = s.Values(rows * whole, () => T.CreateChecked(s.Int(-120, 120)));
        T[] narrow = s.Values(rows * part, () => T.CreateChecked(s.Int(-120, 120)));
        Span<T> split = s.Room<T>(narrow.Length), joined = s.Copy(wide), all = s.Room<T>(wide.Length);
        RowCopy.Split<T>(s.Copy(wide), rows, begin, split);
        RowCopy.Join<T>(s.Copy(narrow), rows, begin, joined);
        RowCopy.All<T>(s.Copy(wide), all);
        Assert.Equal(wide.Where((_, i) => i % whole >= begin && i % whole < begin + part), split.ToArray());
        Assert.Equal(
            wide.Select((old, i) =>
                i % whole >= begin && i % whole < begin + part
                    ? narrow[(i / whole * part) + (i % whole) - begin]
                    : old),
                joined.ToArray());
        Assert.Equal(wide, all.ToArray());
    }
}
