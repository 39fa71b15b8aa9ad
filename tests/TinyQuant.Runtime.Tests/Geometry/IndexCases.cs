using System.Numerics;
using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>
/// Kernels that read or write where indexes say, of which some are out of range, and that stretch and mirror.
/// </summary>
internal static class IndexCases
{
    [KernelCase("Gather.Run")]
    public static void Slices(GuardedSpans s)
    {
        Slices<sbyte, int>(s);
        Slices<float, long>(s);
    }

    [KernelCase("GatherNd.Run")]
    public static void Rows(GuardedSpans s)
    {
        int[] sizes = s.Values(s.Int(1, 4), () => s.Int(1, 5));
        (int slice, int count) = (s.Once(3) ? 1 : s.Length(70), s.Once(8) ? s.Int(250, 600) : s.Int(1, 9));
        int all = sizes.Aggregate(1, (n, size) => n * size);
        short[] input = s.Values(all * slice, () => (short)s.Int(-1000, 1000));
        int[] indexes = s.Values(count * sizes.Length, () => AnyIndex(s));
        Span<short> output = s.Room<short>(count * slice);
        GatherNd.Run<short, int>(s.Copy(input), s.Copy(indexes), s.Copy(sizes), output);
        for (int i = 0; i < output.Length; i++)
        {
            int at = 0;
            for (int d = 0; d < sizes.Length; d++)
            {
                at = (at * sizes[d]) + Math.Clamp(indexes[(i / slice * sizes.Length) + d], 0, sizes[d] - 1);
            }

            Assert.Equal(input[(at * slice) + (i % slice)], output[i]);
        }
    }

    [KernelCase("EmbeddingLookup.Dequantize")]
    public static void Lookups(GuardedSpans s)
    {
        (int rows, int row) = (s.Int(1, 9), s.Length(70));
        sbyte[] table = s.Codes(rows * row);
        int[] ids = s.Values(s.Int(1, 9), () => AnyIndex(s));
        Span<float> output = s.Room<float>(ids.Length * row);
        EmbeddingLookup.Dequantize(s.Copy(ids), s.Copy(table), rows, 0.37f, output);
        for (int i = 0; i < output.Length; i++)
        {
            Assert.Equal(table[(Math.Clamp(ids[i / row], 0, rows - 1) * row) + (i % row)] * 0.37f, output[i]);
        }
    }

    [KernelCase("DynamicSlice.Read", "DynamicSlice.Update")]
    public static void Parts(GuardedSpans s)
    {
        Parts<sbyte, int>(s);
        Parts<float, long>(s);
    }

    [KernelCase("BroadcastTo.Run", "ReverseV2.Run")]
    public static void Views(GuardedSpans s)
    {
        Views<sbyte>(s);
        Views<short>(s);
        Views<float>(s);
        Views<long>(s);
    }

    private static void Views<T>(GuardedSpans s)
        where T : unmanaged, INumber<T>
    {
        (int rows, int run) = (s.Int(1, 9), s.Length());
        T[] input = s.Values(rows * run, () => T.CreateChecked(s.Int(-120, 120)));
        Span<T> reversed = s.Room<T>(input.Length), repeated = s.Room<T>(rows * run);
        ReverseV2.Run<T>(
            s.Copy(input), new StridedView(run - 1, s.Copy(new[] { rows, run }), s.Copy(new[] { run, -1 })), reversed);
        BroadcastTo.Run<T>(
            s.Copy(input[..rows]), new StridedView(0, s.Copy(new[] { rows, run }), s.Copy(new[] { 1, 0 })), repeated);
        for (int i = 0; i < input.Length; i++)
        {
            Assert.Equal(input[(i / run * run) + run - 1 - (i % run)], reversed[i]);
            Assert.Equal(input[i / run], repeated[i]);
        }
    }

    [KernelCase("BroadcastArgs.Run")]
    public static void Shapes(GuardedSpans s)
    {
        long[] left = s.Values(s.Int(1, 5), () => (long)s.Int(1, 3)), right = s.Values(s.Int(1, 5), () => 1L);
        Span<long> output = s.Room<long>(Math.Max(left.Length, right.Length));
        BroadcastArgs.Run<long>(s.Copy(left), s.Copy(right), output);
        for (int fromEnd = 1; fromEnd <= output.Length; fromEnd++)
        {
            Assert.Equal(fromEnd <= left.Length ? left[^fromEnd] : 1, output[^fromEnd]);
        }
    }

    [KernelCase("MirrorPad.Run")]
    public static void Mirrors(GuardedSpans s)
    {
        int offset = s.Int(0, 1);
        int[] sizes = s.Values(s.Int(1, 4), () => s.Int(1, 5));
        int[] paddings = s.Values(2 * sizes.Length, () => 0);
        int moved = s.Once(2) ? 2 * s.Int(1, sizes.Length) : paddings.Length; // inner dimensions often have none
        sizes[^1] = moved < paddings.Length ? s.Length(70) : sizes[^1];
        for (int i = 0; i < moved; i++)
        {
            paddings[i] = s.Int(0, sizes[i / 2] - offset);
        }

        int[] padded = [.. sizes.Select((size, d) => paddings[2 * d] + size + paddings[(2 * d) + 1])];
        short[] input = s.Values(Count(sizes), () => (short)s.Int(-1000, 1000));
        Span<short> output = s.Room<short>(Count(padded));
        MirrorPad.Run<short>(s.Copy(input), s.Copy(sizes), s.Copy(paddings), offset, output);
        for (int i = 0; i < output.Length; i++)
        {
            int[] at = Index(i, padded);
            int from = 0;
            for (int d = 0; d < sizes.Length; d++)
            {
                int inside = at[d] - paddings[2 * d];
                inside = inside < 0 ? offset - 1 - inside
                    : inside < sizes[d] ? inside : sizes[d] - 1 - offset - (inside - sizes[d]);
                from = (from * sizes[d]) + inside;
            }

            Assert.Equal(input[from], output[i]);
        }
    }

    private static void Slices<T, TIndex>(GuardedSpans s)
        where T : unmanaged, INumber<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        (int batches, int outer, int size, int inner, int count) = (
            s.Int(1, 3), s.Int(1, 9), s.Int(1, 5), s.Once(2) ? 1 : s.Length(40),
            s.Once(8) ? s.Int(250, 600) : s.Int(1, 7));
        T[] input = s.Values(batches * outer * size * inner, () => T.CreateChecked(s.Int(-120, 120)));
        int[] indexes = s.Values(batches * count, () => AnyIndex(s));
        Span<T> output = s.Room<T>(batches * outer * count * inner);
        Gather.Run<T, TIndex>(
            s.Copy(input), s.Copy(Array.ConvertAll(indexes, TIndex.CreateChecked)), batches, size, inner, output);
        for (int i = 0; i < output.Length; i++)
        {
            (int batch, int row, int at) = (i / inner / count / outer, i / inner / count, i / inner % count);
            int index = Math.Clamp(indexes[(batch * count) + at], 0, size - 1);
            Assert.Equal(input[(((row * size) + index) * inner) + (i % inner)], output[i]);
        }
    }

    private static void Parts<T, TIndex>(GuardedSpans s)
        where T : unmanaged, INumber<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        int[] whole = s.Values(s.Int(1, 4), () => s.Int(1, 6));
        int[] part = [.. whole.Select(size => s.Int(1, size))];
        int[] strides = [.. whole.Select((_, d) => Count(whole[(d + 1)..]))];
        int[] room = [.. whole.Select((size, d) => size - part[d])];
        int[] begin = s.Values(whole.Length, () => AnyIndex(s));
        T[] input = s.Values(Count(whole), () => T.CreateChecked(s.Int(-120, 120)));
        T[] update = s.Values(Count(part), () => T.CreateChecked(s.Int(-120, 120)));
        TIndex[] indexes = Array.ConvertAll(begin, TIndex.CreateChecked);
        bool isInPlace = s.Once(2);
        Span<T> copy = s.Copy(input), read = s.Room<T>(update.Length),
            updated = isInPlace ? copy : s.Room<T>(input.Length);
        DynamicSlice.Read<T, TIndex>(s.Copy(input), s.Copy(indexes), new(s.Copy(room), s.Copy(strides)),
            new(0, s.Copy(part), s.Copy(strides)), read);
        DynamicSlice.Update<T, TIndex>(copy, s.Copy(update), s.Copy(indexes), new(s.Copy(room), s.Copy(strides)),
            new(0, s.Copy(part), s.Copy(strides)), updated);
        T[] expected = [.. input];
        for (int i = 0; i < update.Length; i++)
        {
            int at = Index(i, part).Select((index, d) => (index + Math.Clamp(begin[d], 0, room[d])) * strides[d]).Sum();
            Assert.Equal(input[at], read[i]);
            expected[at] = update[i];
        }

        Assert.Equal(expected, updated.ToArray());
    }

    /// <summary>Mostly a small one; some far outside.</summary>
    private static int AnyIndex(GuardedSpans s) => s.Once(8) ? s.Of(int.MinValue, int.MaxValue, -1) : s.Int(0, 5);

    private static int Count(int[] shape) => shape.Aggregate(1, (n, size) => n * size);

    private static int[] Index(int element, int[] shape)
    {
        var index = new int[shape.Length];
        for (int d = shape.Length - 1; d >= 0; element /= shape[d--])
        {
            index[d] = element % shape[d];
        }

        return index;
    }
}
