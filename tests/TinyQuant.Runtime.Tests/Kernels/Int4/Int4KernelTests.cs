using CsCheck;
using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Kernels.Int4;

/// <summary>
/// int4 kernels against int8 ones over the weights that plain loops write out, and against plain sums.
/// </summary>
public class Int4KernelTests
{
    private static readonly Gen<WindowGeometry> s_window = Windows.Any(
        Gen.OneOf(Gen.Int[1, 9], Gen.OneOfConst(16, 33)),
        outputChannels: Gen.OneOf(Gen.Int[1, 12], Gen.OneOfConst(33, 70)));

    [Fact]
    public void FullyConnected_of_any_shape() =>
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 140], Gen.Int[1, 80], Gen.Bool, Gen.Int[0, 10_000])
        .Sample((rows, depth, outputs, grouped, seed) =>
        {
            Random random = new(seed);
            using Int4Case int4 = new(outputs, depth, 1, grouped, random);
            using GuardedBuffer<sbyte> input = new([
                .. Enumerable.Range(0, rows * depth).Select(_ => (sbyte)random.Next(-128, 128))]);
            int[] bias = [.. Enumerable.Range(0, outputs).Select(_ => random.Next(-10_000, 10_000))];
            Requantization r = Requantize(random, outputs);
            int padded = (depth + 3) / 4 * 4;
            var expected = new sbyte[rows * outputs];
            FullyConnected.Int8<NarrowWeights, RequantDouble>(
                input.Span, PackedWeights.Pack(int4.Weights, outputs, depth), bias, r, expected);
            foreach (int room in (ReadOnlySpan<int>)[outputs, Math.Min(outputs, 8), Math.Min(outputs, 21)])
            {
                using GuardedBuffer<sbyte> block = new(room * padded);
                using GuardedBuffer<sbyte> output = new(rows * outputs);
                FullyConnected.Int4<RequantDouble>(
                    input.Span, int4.Packed.Span, int4.Multipliers.Span, bias, r, block.Span, output.Span);
                Assert.Equal(expected, output.Span.ToArray());
            }
        }, iter: 300);

    [Fact]
    public void Conv2D_of_any_window() =>
        Gen.Select(s_window, Gen.Bool, Gen.OneOfConst(8, 16, 1000), Gen.Int[0, 10_000])
            .Sample((g, grouped, most, seed) =>
    {
        using WindowCase window = new(g, g.OutputChannels * g.PatchLength, full: false, seed);
        using Int4Case int4 = new(g.OutputChannels, g.PatchLength, g.FilterHeight, grouped, new Random(seed));
        int4.Weights.CopyTo(window.Weights.Span);
        int[] folded = window.Bias.Span.ToArray();
        for (int i = 0; i < int4.Weights.Length; i++)
        {
            folded[i / g.PatchLength] -= window.InputZeroPoint * int4.Weights[i];
        }

        int depth = Conv2D.PackedLength(1, g.FilterHeight, g.FilterWidth * g.InputChannels);
        int positions = window.Output.Span.Length / g.OutputChannels;
        using GuardedBuffer<sbyte> block = new(
            most >= g.OutputChannels ? g.OutputChannels * depth : most * (depth + positions));
        using GuardedBuffer<sbyte> patch = new(Conv2D.ScratchLength(g));
        Conv2D.Int4<RequantDouble>(
            window.Input.Span, g, int4.Packed.Span, int4.Multipliers.Span, folded, window.InputZeroPoint,
            window.Requantization,
            most, block.Span, patch.Span, window.Output.Span);
        Assert.Equal(window.Codes(PlainWindows.Conv2D(g, window.Reals, window.RealWeights, window.RealBias)),
            window.Output.Span.ToArray());
    }, iter: 400);

    [Fact]
    public void DepthwiseConv2D_of_any_window() =>
        Gen.Select(Windows.Any(Gen.Int[1, 33], channels: Gen.Int[1, 3]), Gen.Int[0, 10_000]).Sample((g, seed) =>
    {
        using WindowCase window = new(g, g.FilterHeight * g.FilterWidth * g.OutputChannels, full: false, seed);
        foreach (ref sbyte weight in window.Weights.Span)
        {
            weight = (sbyte)(weight % 8);
        }

        using GuardedBuffer<sbyte> packed = new(PackedWeights.PackInt4(window.Weights.Span));
        using GuardedBuffer<sbyte> block = new(window.Weights.Span.Length);
        DepthwiseConv2D.Int4<RequantDouble>(
            window.Input.Span, g, packed.Span, window.Bias.Span, window.InputZeroPoint, window.Requantization,
            block.Span, default, window.Output.Span);
        Assert.Equal(window.Codes(PlainWindows.DepthwiseConv2D(g, window.Reals, window.RealWeights, window.RealBias)),
            window.Output.Span.ToArray());
    }, iter: 200);

    [Fact]
    public void Every_rounding_slices_its_constants()
    {
        float[] scales = [.. Enumerable.Range(0, 20).Select(o => 0.001f * (o + 1))];
        using Int4Case int4 = new(20, 36, 1, grouped: true, new Random(3));
        sbyte[] input = [.. Enumerable.Range(0, 36).Select(i => (sbyte)(7 * i))];
        sbyte[] expected = new sbyte[20], output = new sbyte[20];
        Requantization r = new(scales, 5, -128, 127);
        WindowGeometry g = new(1, 1, 1, 36, 1, 1, 20, 1, 1);
        FullyConnected.Int8<NarrowWeights, RequantFloatEven>(
            input, PackedWeights.Pack(int4.Weights, 20, 36), new int[20], r, expected);
        FullyConnected.Int4<RequantFloatEven>(
            input, int4.Packed.Span, int4.Multipliers.Span, new int[20], r, new sbyte[8 * 36], output);
        Assert.Equal(expected, output);
        Conv2D.Int4<RequantFloatEven>(input, g, int4.Packed.Span, int4.Multipliers.Span, new int[20], 0, r, 8,
            new sbyte[8 * 37], new sbyte[Conv2D.ScratchLength(g)], output);
        Assert.Equal(expected, output);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        using Int4Case int4 = new(20, 144, 3, grouped: true, new Random(3));
        WindowGeometry g = new(1, 6, 6, 16, 4, 4, 20, 3, 3);
        sbyte[] input = new sbyte[6 * 6 * 16], output = new sbyte[4 * 4 * 20], block = new sbyte[8 * (144 + 16)],
            patch = new sbyte[Conv2D.ScratchLength(g)];
        int[] bias = new int[20];
        long before = 0;
        for (int round = 0; round < 40; round++)
        {
            before = round < 39 ? GC.GetAllocatedBytesForCurrentThread() : before;
            Conv2D.Int4<RequantDouble>(input, g, int4.Packed.Span, int4.Multipliers.Span, bias, 0,
                new([1 << 30], [0], 0, -128, 127), 8, block, patch, output);
            FullyConnected.Int4<RequantDouble>(input.AsSpan(0, 144), int4.Packed.Span, int4.Multipliers.Span, bias,
                new([1 << 30], [0], 0, -128, 127), block, output.AsSpan(0, 20));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_errors()
    {
        WindowGeometry g = new(1, 4, 4, 4, 2, 2, 9, 3, 3);
        static void Conv(WindowGeometry g, int weights = 162, int multipliers = 18, int most = 8,
            int block = 8 * 40) => Conv2D.Int4<RequantDouble>(
            new sbyte[64], g, new sbyte[weights], new sbyte[multipliers], new int[9], 0, new([1], [0], 0, -128, 127),
            most,
            new sbyte[block], new sbyte[Conv2D.ScratchLength(g)], new sbyte[36]);

        static void Dense(int weights = 18, int multipliers = 9, int block = 32) => FullyConnected.Int4<RequantDouble>(
            new sbyte[4], new sbyte[weights], new sbyte[multipliers], new int[9], new([1], [0], 0, -128, 127),
            new sbyte[block], new sbyte[9]);

        static void Depthwise(int weights = 5, int block = 9) => DepthwiseConv2D.Int4<RequantDouble>(
            new sbyte[16], new(1, 4, 4, 1, 2, 2, 1, 3, 3), new sbyte[weights], new int[1], 0,
            new([1], [0], 0, -128, 127), new sbyte[block], default, new sbyte[4]);

        Conv(g);
        Conv(g, multipliers: 0);
        Dense();
        Depthwise();
        foreach (Action wrong in (Action[])
            [
                () => Conv(g, weights: 161), () => Conv(g, multipliers: 17), () => Conv(g, most: 7),
                () => Conv(g, block: 319),
                () => Conv(g, most: 9, block: (9 * 36) - 1), () => Dense(weights: 17), () => Dense(multipliers: 8),
                () => Dense(block: 31),
                () => Depthwise(weights: 4), () => Depthwise(block: 8),
            ])
        {
            Assert.Throws<ArgumentException>(wrong);
        }
    }

    private static Requantization Requantize(Random random, int outputs)
    {
        int constants = random.Next(2) == 0 ? 1 : outputs;
        int[] multipliers = [.. Enumerable.Range(0, constants).Select(_ => random.Next(1 << 30, int.MaxValue))];
        int[] shifts = [.. Enumerable.Range(0, constants).Select(_ => -random.Next(5, 10))];
        return new(multipliers, shifts, random.Next(-128, 128), -120, 127);
    }
}
