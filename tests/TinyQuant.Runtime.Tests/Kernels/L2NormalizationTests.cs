using CsCheck;
using TinyQuant.Kernels;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Runtime.Tests.Kernels;

public class L2NormalizationTests
{
    [Fact]
    public void The_inverse_root_is_one() => Gen.OneOf(Gen.Int[2, 1000], Gen.Int[2, int.MaxValue]).Sample(x =>
    {
        (int multiplier, int shift) = FixedPoint.InverseRoot(x);
        double real = multiplier * Math.Pow(2, shift - 31);
        Assert.InRange(real * Math.Sqrt(x), 0.99, 1.01);
        Assert.InRange(shift, -31, 0);
    });

    [Fact]
    public void Rows_of_nothing_stay_so()
    {
        Assert.Equal((int.MaxValue, 0), FixedPoint.InverseRoot(0));
        var codes = new sbyte[3];
        L2Normalization.Int8<DoubleRounding>([5, 5, 5], 3, 5, codes);
        Assert.Equal([0, 0, 0], codes);
        var reals = new float[2];
        L2Normalization.Float32([0, 0], 2, reals);
        Assert.Equal([0f, 0f], reals);
        L2Normalization.Float32([3, 4], 2, reals);
        Assert.Equal([0.6f, 0.8f], reals);
    }

    [Fact]
    public void Codes_add_up_to_one_and_stay_in_their_spans() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 40], Gen.Int[-128, 127], Gen.Int).Sample((rows, depth, zeroPoint, seed) =>
    {
        using GuardedBuffer<sbyte> input = new(rows * depth);
        using GuardedBuffer<sbyte> output = new(rows * depth);
        new Random(seed).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(input.Span));
        L2Normalization.Int8<DoubleRounding>(input.Span, depth, zeroPoint, output.Span);
        sbyte[] apart = output.Span.ToArray();
        foreach (sbyte[] row in apart.Chunk(depth)
            .Where((_, r) => input.Span.Slice(r * depth, depth).ContainsAnyExcept((sbyte)zeroPoint)))
        {
            Assert.InRange(row.Sum(c => c / 128.0 * c / 128.0), 0.9, 1.1);
        }

        L2Normalization.Int8<DoubleRounding>(input.Span, depth, zeroPoint, input.Span);
        Assert.Equal(apart, input.Span.ToArray());
    });

    [Fact]
    public void Lengths_that_do_not_fit_are_errors_and_nothing_is_allocated()
    {
        Assert.Throws<ArgumentException>(() => L2Normalization.Int8<DoubleRounding>(new sbyte[4], 3, 0, new sbyte[4]));
        Assert.Throws<ArgumentException>(() => L2Normalization.Int8<DoubleRounding>(new sbyte[4], 0, 0, new sbyte[4]));
        Assert.Throws<ArgumentException>(() => L2Normalization.Float32(new float[4], 2, new float[3]));
        var codes = new sbyte[4];
        L2Normalization.Int8<SingleRounding>(codes, 2, 0, codes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        L2Normalization.Int8<SingleRounding>(codes, 2, 0, codes);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
