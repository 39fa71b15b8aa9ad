using CsCheck;
using TinyQuant.Kernels;
using TinyQuant.Tests;

namespace TinyQuant.Runtime.Tests.Kernels;

/// <summary>Element-wise kernels given what does not fit, and what they allocate.</summary>
public class ElementwiseArgumentTests
{
    private static readonly Gen<int[]> s_strides = Gen.OneOf(
        Gen.Int[-1, 40], Gen.OneOfConst(int.MinValue, int.MaxValue)).Array[
        0, 10];

    [Fact]
    public void Whatever_the_geometry_a_kernel_stays_in_its_spans() =>
        Gen.Select(s_strides, s_strides, s_strides, Gen.Int[0, 60], Gen.Int[0, 60], Gen.Int[0, 60])
            .Sample((sizes, left, right, l, r, o) =>
        {
            using GuardedBuffer<sbyte> a = new(l);
            using GuardedBuffer<sbyte> b = new(r);
            using GuardedBuffer<sbyte> y = new(o);
            try
            {
                Elementwise.Maximum<sbyte>(a.Span, b.Span, new(sizes, left, right), y.Span);
                Assert.True(
                    sizes.Length == 0 ? l == o && r == o : sizes.Aggregate(1L, (product, size) => product * size) == o);
            }
            catch (ArgumentException)
            {
                // What does not fit is refused.
            }
        }, iter: 20_000);

    [Fact]
    public void Strides_walk_the_operands()
    {
        var output = new float[12];
        Elementwise.Sub([10, 20, 30], [1, 2], new([2, 3, 2], [0, 1, 0], [1, 0, 0]), float.NegativeInfinity, 25, output);
        Assert.Equal([9f, 9, 19, 19, 25, 25, 8, 8, 18, 18, 25, 25], output);
    }

    [Fact]
    public void Lengths_that_differ_are_errors()
    {
        Assert.Throws<ArgumentException>(() =>
            Elementwise.Add(new float[3], new float[4], default, 0, 1, new float[4]));
        Assert.Throws<ArgumentException>(() =>
            Elementwise.Add(new float[4], new float[4], default, 0, 1, new float[5]));
        Assert.Throws<ArgumentException>(() =>
            Elementwise.Add(new float[4], new float[1], new([4], [2], [0]), 0, 1, new float[4]));
        Assert.Throws<ArgumentException>(() =>
            LinearAdd.Int8(new sbyte[3], new sbyte[4], default, new(1, 1, 0, 0, -128, 127), new sbyte[4]));
        Assert.Throws<ArgumentException>(() => LookupTable.Int8(new sbyte[3], new sbyte[256], new sbyte[4]));
        Assert.Throws<ArgumentException>(() => LookupTable.Int8(new sbyte[3], new sbyte[255], new sbyte[3]));
        Assert.Throws<ArgumentException>(() => Softmax.Int8(new sbyte[6], 4, new int[256], new sbyte[6]));
        Assert.Throws<ArgumentException>(() => Softmax.Int8(new sbyte[6], 0, new int[256], new sbyte[6]));
        Assert.Throws<ArgumentException>(() => Softmax.Int8(new sbyte[6], 3, new int[255], new sbyte[6]));
        Assert.Throws<ArgumentException>(() => Softmax.Int8ToInt16(new sbyte[6], 3, new int[256], new short[5]));
        Assert.Throws<ArgumentException>(() => Softmax.Float32(new float[6], 4, 1, new float[6]));
        Assert.Throws<ArgumentException>(() => Activations.Clamp(new float[3], 0, 6, new float[4]));
        Assert.All(UnaryKernels.All,
            kernel => Assert.Throws<ArgumentException>(() => kernel.Run(new float[3], new float[4])));
        Assert.Throws<ArgumentException>(() => Activations.LeakyRelu(new float[3], 1, new float[4]));
        Assert.Throws<ArgumentException>(() =>
            Requantize.Run<sbyte, short, DoubleRounding>(new sbyte[3], 0, 1 << 30, 0, 0, new short[4]));
        Assert.Throws<ArgumentException>(() => Quantize.Run(new float[3], 1, 0, new short[4]));
        Assert.Throws<ArgumentException>(() => Dequantize.Run(new short[3], 1, 0, new float[4]));
    }

    [Fact]
    public void Lengths_of_other_functions_that_differ_are_errors()
    {
        Assert.Throws<ArgumentException>(() =>
            Comparison.Run<float, EqualTo>(new float[3], new float[4], default, new bool[4]));
        Assert.Throws<ArgumentException>(() => Elementwise.LogicalNot(new bool[3], new bool[4]));
        Assert.Throws<ArgumentException>(() => LookupTable.Int8ToBool(new sbyte[3], new bool[256], new bool[4]));
        Assert.Throws<ArgumentException>(() =>
            Select.Where<float>(new bool[3], new float[4], default, true, new float[4]));
        Assert.Throws<ArgumentException>(() => Cast.Run<float, int>(new float[3], new int[4]));
        Assert.Throws<ArgumentException>(() => Fill.Run<float>(new float[2], new float[4]));
        Assert.Throws<ArgumentException>(() => AddN.Sum(new sbyte[3], true, new int[4]));
        Assert.Throws<ArgumentException>(() =>
            AddN.Int8<DoubleRounding>(new int[3], 2, new(0, 1 << 30, -20, 0), new sbyte[4]));
        Assert.Throws<ArgumentException>(() => Cumsum.Float32(new float[6], 4, 1, false, false, new float[6]));
        Assert.Throws<ArgumentException>(() => Cumsum.Float32(new float[6], 0, 1, false, false, new float[6]));
        Assert.Throws<ArgumentException>(() =>
            Cumsum.Int8<DoubleRounding>(new sbyte[6], 3, 2, false, false, new(0, 1 << 30, -20, 0), new sbyte[5]));
        Assert.Throws<ArgumentException>(() => ArgMin.Along<float>(new float[6], 4, 1, new int[2]));
        Assert.Throws<ArgumentException>(() => LogSoftmax.Float32(new float[6], 4, new float[6]));
        Assert.Throws<ArgumentException>(() => LogSoftmax.Int8<DoubleRounding>(
            new sbyte[6], 3, new(new int[256], new int[255], -1, 1 << 30, -20), new sbyte[6]));
        Assert.Throws<ArgumentException>(() => Div.Int8(
            new sbyte[6], new sbyte[6], default, new(new int[255], 0, 0, 0, 1 << 30, 0, -128, 127), new sbyte[6]));
    }

    [Fact]
    public void A_table_answers_every_code_up_to_the_last()
    {
        var table = new sbyte[256];
        new Random(1).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(table.AsSpan()));
        using GuardedBuffer<sbyte> baked = new(table);
        for (int length = 0; length < 300; length++)
        {
            using GuardedBuffer<sbyte> input = new(length);
            using GuardedBuffer<sbyte> output = new(length);
            for (int i = 0; i < length; i++)
            {
                input.Span[i] = (sbyte)(length - (i * 5)); // 256 codes in a row are all there are
            }

            LookupTable.Int8(input.Span, baked.Span, output.Span);
            for (int i = 0; i < length; i++)
            {
                Assert.Equal(table[input.Span[i] + 128], output.Span[i]);
            }

            LookupTable.Int8(input.Span, baked.Span, input.Span);
            Assert.Equal(output.Span, input.Span);
        }
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var codes = new sbyte[100];
        var reals = new float[100];
        var truths = new bool[100];
        var table = new sbyte[256];
        var exponentials = new int[256];
        exponentials[0] = int.MaxValue;
        Run(); // loads types
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Run()
        {
            AddConstants add = new(1, 1 << 30, -1, 2, 1 << 30, 0, 3, 1 << 30, -18, -128, 127);
            LinearAdd.Int8(
                codes, codes.AsSpan(0, 1), new([100], [1], [0]), new(1 << 20, 1 << 20, 0, 21, -128, 127), codes);
            Add.Int8<DoubleRounding>(codes, codes.AsSpan(0, 10), new([10, 10], [10, 1], [0, 1]), add, codes);
            Mul.Int8<SingleRounding>(codes, codes, default, new(1, 2, 3, 1 << 30, -3, -128, 127), codes);
            Prelu.Int8<DoubleRounding>(
                codes, codes.AsSpan(0, 1), new([100], [1], [0]), new(1, 2, 3, 1 << 30, 0, 1 << 30, -8), codes);
            Elementwise.Maximum<sbyte>(codes, codes, default, codes);
            Elementwise.Mul(reals, reals, default, 0, 6, reals);
            Elementwise.FloorMod(reals, reals, default, reals);
            Comparison.Run<float, LessThan>(reals, reals, default, truths);
            Select.Where<float>(truths, reals, default, true, reals);
            LogSoftmax.Float32(reals, 10, reals);
            LookupTable.Int8(codes, table, codes);
            Softmax.Int8(codes, 10, exponentials, codes);
            Softmax.Float32(reals, 10, 1, reals);
            foreach ((_, UnaryKernel run, _) in UnaryKernels.All)
            {
                run(reals, reals);
            }
        }
    }
}
