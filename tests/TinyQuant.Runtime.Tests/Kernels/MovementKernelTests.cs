using CsCheck;
using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Kernels;

/// <summary>Kernels that copy elements: by hand, and given what does not fit.</summary>
public class MovementKernelTests
{
    private static readonly Gen<int> s_number = Gen.OneOf(Gen.Int[-1, 40], Gen.OneOfConst(int.MinValue, int.MaxValue));
    private static readonly Gen<int[]> s_numbers = Gen.OneOf(Gen.Int[1, 4].Array[1, 4], s_number.Array[0, 10]);

    [Fact]
    public void Whatever_the_view_a_kernel_stays_in_its_spans()
    {
        int copied = 0;
        Gen.Select(s_number, s_numbers, s_numbers, Gen.Int[0, 60], Gen.Int[0, 60], Gen.Bool)
            .Sample((begin, sizes, strides, inside, outside, fits) =>
        {
            int count = fits
                ? (int)Math.Min(sizes.Aggregate(1L, (product, size) => Math.Min(product * size, 100)), 100)
                : inside;
            using GuardedBuffer<sbyte> narrow = new(Math.Max(count, 0));
            using GuardedBuffer<sbyte> wide = new(outside);
            try
            {
                StridedCopy.Gather<sbyte>(wide.Span, new(begin, sizes, strides), narrow.Span);
                StridedCopy.Pad<sbyte>(narrow.Span, 1, new(begin, sizes, strides), wide.Span);
                Assert.Equal(narrow.Span.Length, sizes.Aggregate(1L, (product, size) => product * size));
                Interlocked.Increment(ref copied);
            }
            catch (ArgumentException)
            {
                // What does not fit is refused.
            }
        }, iter: 50_000);
        Assert.NotEqual(0, copied);
    }

    [Fact]
    public void A_view_walks_any_way()
    {
        var output = new int[6];
        StridedCopy.Gather([0, 1, 2, 3, 4, 5], new(5, [2, 3], [-3, -1]), output);
        Assert.Equal([5, 4, 3, 2, 1, 0], output);
        StridedCopy.Gather([0, 1, 2, 3, 4, 5], new(1, [3, 2], [0, 1]), output);
        Assert.Equal([1, 2, 1, 2, 1, 2], output);
        StridedCopy.Pad([7], 9, new(2, [1], [1]), output);
        Assert.Equal([9, 9, 7, 9, 9, 9], output);
        StridedCopy.Pad([1, 2, 3, 4], 0, new(1, [2, 2], [1, 3]), output);
        Assert.Equal([0, 1, 3, 0, 2, 4], output);
    }

    [Fact]
    public void Whatever_the_rows_a_kernel_stays_in_its_spans()
    {
        int copied = 0;
        Gen.Select(Gen.OneOf(Gen.Int[1, 4], s_number), Gen.OneOf(Gen.Int[0, 4], s_number), Gen.Int[0, 20],
            Gen.Int[0, 60]).Sample((rows, begin, part, whole) =>
        {
            using GuardedBuffer<short> narrow = new(part);
            using GuardedBuffer<short> wide = new(whole);
            for (int i = 0; i < part; i++)
            {
                narrow.Span[i] = (short)(i + 1);
            }

            try
            {
                RowCopy.Join<short>(narrow.Span, rows, begin, wide.Span);
                using GuardedBuffer<short> back = new(part);
                RowCopy.Split<short>(wide.Span, rows, begin, back.Span);
                Assert.Equal(narrow.Span.ToArray(), back.Span.ToArray());
                Assert.Equal(whole - part, wide.Span.Count((short)0));
                Interlocked.Increment(ref copied);
            }
            catch (ArgumentException)
            {
                // What does not fit is refused.
            }
        }, iter: 20_000);
        Assert.NotEqual(0, copied);
    }

    [Fact]
    public void Rows_that_do_not_fit_are_errors()
    {
        Assert.Throws<ArgumentException>(() => RowCopy.All<int>(new int[3], new int[4]));
        Assert.Throws<ArgumentException>(() => RowCopy.Join<int>(new int[4], 3, 0, new int[6]));
        Assert.Throws<ArgumentException>(() => RowCopy.Join<int>(new int[4], 2, 2, new int[6]));
        Assert.Throws<ArgumentException>(() => RowCopy.Split<int>(new int[7], 2, 0, new int[4]));
        Assert.Throws<ArgumentException>(() => RowCopy.Split<int>([], 0, 0, []));
    }

    [Fact]
    public void Whatever_the_sizes_a_resized_image_stays_in_its_spans() =>
        Gen.Select(s_number, s_number, s_number, Gen.Int[-1, 4].Array[0, 5], Gen.Int[-1, 4].Array[0, 5], Gen.Int[0, 60],
            Gen.Int[0, 60])
            .Sample((height, width, channels, rows, columns, inputs, outputs) =>
            {
                using GuardedBuffer<sbyte> input = new(inputs);
                using GuardedBuffer<sbyte> output = new(outputs);
                try
                {
                    ResizeNearestNeighbor.Run<sbyte>(input.Span, height, width, channels, rows, columns, output.Span);
                    Assert.Equal((long)outputs * height * width, (long)inputs * rows.Length * columns.Length);
                }
                catch (ArgumentException)
                {
                    // What does not fit is refused.
                }
            }, iter: 20_000);

    [Fact]
    public void Pixels_are_copied_from_their_rows_and_columns()
    {
        var output = new int[12];
        ResizeNearestNeighbor.Run([10, 11, 20, 21], 2, 2, 1, [0, 1, 1, 0], [1, 0, 0], output);
        Assert.Equal([11, 10, 10, 21, 20, 20, 21, 20, 20, 11, 10, 10], output);
        Assert.Throws<ArgumentException>(() =>
            ResizeNearestNeighbor.Run<int>(new int[4], 2, 2, 1, [2], [0], new int[1]));
    }

    [Fact]
    public void Whatever_the_sizes_a_batch_stays_in_its_spans() =>
        Gen.Select(s_number.Array[10], Gen.Int[0, 60], Gen.Int[0, 60]).Sample((n, inputs, outputs) =>
        {
            using GuardedBuffer<sbyte> input = new(inputs);
            using GuardedBuffer<sbyte> output = new(outputs);
            SpaceBatchShape shape = new(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9]);
            foreach (bool toBatch in new[] { true, false })
            {
                try
                {
                    if (toBatch)
                    {
                        SpaceBatch.ToBatch(input.Span, shape, (sbyte)3, output.Span);
                    }
                    else
                    {
                        SpaceBatch.ToSpace<sbyte>(input.Span, shape, output.Span);
                    }

                    Assert.Equal(toBatch ? inputs : outputs, n[0] * n[1] * n[2] * n[3]);
                }
                catch (ArgumentException)
                {
                    // What does not fit is refused.
                }
            }
        }, iter: 20_000);

    [Fact]
    public void Pixels_at_every_second_place_are_an_image_in_the_batch()
    {
        SpaceBatchShape shape = new(1, 1, 3, 1, 1, 2, 1, 3, 0, 1);
        var batch = new int[6];
        var space = new int[3];
        SpaceBatch.ToBatch([1, 2, 3], shape, 9, batch);
        Assert.Equal([9, 2, 9, 1, 3, 9], batch);
        SpaceBatch.ToSpace<int>(batch, shape, space);
        Assert.Equal([1, 2, 3], space);
        Assert.Throws<ArgumentException>(() =>
            SpaceBatch.ToSpace<int>(new int[6], new(1, 1, 3, 1, 1, 2, 1, 3, 0, 4), new int[3]));
    }

    [Fact]
    public void Whatever_the_sizes_a_mixed_image_stays_in_its_spans() =>
        Gen.Select(s_number, s_number, s_number, Gen.Int[-1, 4].Array[0, 6], Gen.Int[-1, 4].Array[0, 6], Gen.Int[0, 60],
            Gen.Int[0, 60])
            .Sample((height, width, channels, rows, columns, inputs, outputs) =>
            {
                using GuardedBuffer<sbyte> input = new(inputs);
                using GuardedBuffer<sbyte> output = new(outputs);
                try
                {
                    ResizeBilinear.Run<DoubleRounding>(input.Span, height, width, channels, rows,
                        new int[rows.Length / 2], columns, new int[columns.Length / 2], output.Span);
                    Assert.Equal(
                        (long)outputs * height * width, (long)inputs * (rows.Length / 2) * (columns.Length / 2));
                }
                catch (ArgumentException)
                {
                    // What does not fit is refused.
                }
            }, iter: 20_000);

    [Fact]
    public void Halves_between_pixels_go_away_from_zero_or_up()
    {
        var output = new sbyte[2];
        ResizeBilinear.Run<DoubleRounding>([-2, -1], 1, 2, 1, [0, 0], [0], [0, 1, 0, 0], [512, -512], output);
        Assert.Equal([-2, -2], output);
        ResizeBilinear.Run<SingleRounding>([-2, -1], 1, 2, 1, [0, 0], [0], [0, 1, 0, 0], [512, -512], output);
        Assert.Equal([-1, -2], output);
        var reals = new float[1];
        ResizeBilinear.Run([-2f, -1f], 1, 2, 1, [0, 0], [0f], [0, 1], [0.25f], reals);
        Assert.Equal([-1.75f], reals);
        Assert.Throws<ArgumentException>(() =>
            ResizeBilinear.Run<SingleRounding>(new sbyte[2], 1, 2, 1, [0, 1], [0], [0, 1], [0], new sbyte[1]));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var input = new sbyte[24];
        var output = new sbyte[24];
        int[] sizes = [2, 3, 4];
        int[] strides = [1, 8, 2];
        int[] nearest = [0, 1];
        int[] between = [0, 1, 1, 1];
        Run(); // loads types
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Run()
        {
            StridedCopy.Gather<sbyte>(input, new(0, sizes, strides), output);
            StridedCopy.Pad<sbyte>(input, 3, new(0, sizes, strides), output);
            RowCopy.Join<sbyte>(input.AsSpan(0, 12), 4, 3, output);
            RowCopy.Split<sbyte>(input, 4, 3, output.AsSpan(0, 12));
            ResizeNearestNeighbor.Run<sbyte>(input, 2, 2, 6, nearest, nearest, output);
            ResizeBilinear.Run<DoubleRounding>(input, 2, 2, 6, between, nearest, between, nearest, output);
            SpaceBatchShape shape = new(2, 3, 2, 2, 1, 2, 3, 1);
            SpaceBatch.ToBatch(input, shape, (sbyte)3, output);
            SpaceBatch.ToSpace<sbyte>(input, shape, output);
        }
    }
}
