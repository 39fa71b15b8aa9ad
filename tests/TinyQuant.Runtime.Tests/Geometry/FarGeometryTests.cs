using TinyQuant.Kernels;
using TinyQuant.Runtime.Tests.Kernels;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>
/// Windows far beyond what models may have, over a few elements at guard pages: each kernel refuses them with an
/// <see cref="ArgumentException"/>, or gives what loops in 64 bits give.
/// </summary>
public class FarGeometryTests
{
    // Twice, three, four and six of these, and their sums, leave 32 bits in every way.
    private static readonly int[] s_far =
        [1 << 10, 1 << 16, (1 << 16) + 1, 1 << 29, 1 << 30, (1 << 30) + 1, 715_827_883, 1_431_655_765, 1_431_655_766,
            int.MaxValue - 1, int.MaxValue];

    private delegate void Kernel(GuardedSpans s, WindowGeometry g, Span<sbyte> output, Span<float> reals);

    [Fact]
    public void A_convolution_refuses_or_computes() =>
        Run(channelsIn: [1, 4, 5], channelsOut: [1, 8, 9], PlainWindows.Conv2D, (s, g, output, reals) =>
    {
        Span<sbyte> codes = s.Copy(PackedWeights.PackRows(
            Ones<sbyte>(g.OutputChannels * g.PatchLength), g.OutputChannels, g.FilterHeight,
            g.FilterWidth * g.InputChannels));
        Span<int> bias = s.Copy(new int[g.OutputChannels]);
        Conv2D.Int8<NarrowWeights, RequantDouble>(
            s.Copy(Ones<sbyte>(WindowCases.Inputs(g))), g, codes, bias, 0, Once, s.Room<sbyte>(Conv2D.ScratchLength(g)),
            output);
        Conv2D.Float32(
            s.Copy(Ones<float>(WindowCases.Inputs(g))), g, s.Copy(Ones<float>(g.OutputChannels * g.PatchLength)),
            s.Copy(new float[g.OutputChannels]),
            float.NegativeInfinity, float.PositiveInfinity, s.Room<float>(Conv2D.FloatScratchLength(g)), reals);
    });

    [Fact]
    public void A_depthwise_convolution_refuses_or_computes() =>
        Run([1, 3, 8, 16, 33], channelsOut: null, PlainWindows.DepthwiseConv2D, (s, g, output, reals) =>
    {
        Span<sbyte> weights = s.Copy(Ones<sbyte>(WindowCases.DepthwiseWeights(g)));
        DepthwiseConv2D.Int8<RequantDouble>(
            s.Copy(Ones<sbyte>(WindowCases.Inputs(g))), g, weights, s.Copy(new int[g.OutputChannels]), 0, Once, default,
            output);
        DepthwiseConv2D.Float32(
            s.Copy(Ones<float>(WindowCases.Inputs(g))), g, s.Copy(Ones<float>(weights.Length)),
            s.Copy(new float[g.OutputChannels]),
            float.NegativeInfinity, float.PositiveInfinity, reals);
    });

    [Fact]
    public void A_transposed_convolution_refuses_or_computes() =>
        Run([1, 4, 5], channelsOut: [1, 3], PlainWindows.TransposeConv, (s, g, output, reals) =>
    {
        Span<sbyte> weights = s.Copy(Ones<sbyte>(g.OutputChannels * g.PatchLength));
        TransposeConv.Int8<RequantDouble>(
            s.Copy(Ones<sbyte>(WindowCases.Inputs(g))), g, weights, s.Copy(new int[g.OutputChannels]), 0, Once, output);
        TransposeConv.Float32(
            s.Copy(Ones<float>(WindowCases.Inputs(g))), g, s.Copy(Ones<float>(weights.Length)),
            s.Copy(new float[g.OutputChannels]),
            float.NegativeInfinity, float.PositiveInfinity, reals);
    });

    [Fact]
    public void A_convolution_of_dynamic_range_refuses_or_stays_in_its_spans() =>
        Run([1, 4, 5], channelsOut: [1, 8, 9], null, (s, g, output, reals) =>
    {
        int depth = Conv2D.PackedLength(1, g.FilterHeight, g.FilterWidth * g.InputChannels);
        Conv2D.Hybrid<NarrowWeights>(
            s.Copy(Ones<float>(WindowCases.Inputs(g))), g, s.Copy(Ones<sbyte>(g.OutputChannels * depth)),
            s.Copy(new int[g.OutputChannels]),
            s.Copy(Ones<float>(1)), s.Copy(new float[g.OutputChannels]), 0, 6, s.Room<sbyte>(WindowCases.Inputs(g)),
            s.Room<sbyte>(depth), reals);
        Conv2D.Int4<RequantDouble>(
            s.Copy(Ones<sbyte>(WindowCases.Inputs(g))), g, s.Copy(Ones<sbyte>(((g.OutputChannels * depth) + 1) / 2)),
            default, s.Copy(new int[g.OutputChannels]),
            0, Once, g.OutputChannels, s.Room<sbyte>(g.OutputChannels * depth), s.Room<sbyte>(Conv2D.ScratchLength(g)),
            output);
    });

    [Fact]
    public void A_depthwise_convolution_of_dynamic_range_refuses_or_stays_in_its_spans() =>
        Run([1, 3, 16], channelsOut: null, null, (s, g, output, reals) =>
    {
        int weights = WindowCases.DepthwiseWeights(g);
        DepthwiseConv2D.Hybrid(
            s.Copy(Ones<float>(WindowCases.Inputs(g))), g, s.Copy(Ones<sbyte>(weights)), s.Copy(Ones<float>(1)),
            s.Copy(new float[g.OutputChannels]),
            0, 6, s.Room<sbyte>(WindowCases.Inputs(g)), reals);
        DepthwiseConv2D.Int4<RequantDouble>(
            s.Copy(Ones<sbyte>(WindowCases.Inputs(g))), g, s.Copy(Ones<sbyte>((weights + 1) / 2)),
            s.Copy(new int[g.OutputChannels]), 0, Once,
            s.Room<sbyte>(weights), default, output);
    });

    [Fact]
    public void A_pool_refuses_or_stays_in_its_spans() =>
        Run([1, 5, 33], channelsOut: null, null, (s, g, output, reals) =>
    {
        AveragePool2D.Int8(s.Copy(Ones<sbyte>(WindowCases.Inputs(g))), g, -128, 127, output);
        AveragePool2D.Float32(s.Copy(Ones<float>(WindowCases.Inputs(g))), g, 0, 6, reals);
        MaxPool2D.Run<sbyte>(s.Copy(Ones<sbyte>(WindowCases.Inputs(g))), g, -128, 127, output);
        MaxPool2D.Run<float>(s.Copy(Ones<float>(WindowCases.Inputs(g))), g, 0, 6, reals);
    });

    /// <summary>Pools read rows that lie beside each other: what a dilation would skip is not averaged.</summary>
    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    public void Dilated_pools_are_refused(int rows, int columns)
    {
        WindowGeometry g = new(1, 5, 5, 1, 1, 1, 1, 2, 2, dilationHeight: rows, dilationWidth: columns);
        Assert.Throws<ArgumentException>(() => AveragePool2D.Int8(new sbyte[25], g, -128, 127, new sbyte[1]));
        Assert.Throws<ArgumentException>(() => AveragePool2D.Float32(new float[25], g, 0, 6, new float[1]));
        Assert.Throws<ArgumentException>(() => MaxPool2D.Run<sbyte>(new sbyte[25], g, -128, 127, new sbyte[1]));
    }

    /// <summary>
    /// Two by which kernels once read out of the input: a stride three times which is 2, and rows beyond 2^31.
    /// </summary>
    [Fact]
    public void Products_beyond_32_bits_are_refused()
    {
        Assert.Throws<ArgumentException>(
            () => new WindowGeometry(1, 1, 6, 4, 32_769, 6, 8, 1, 1, strideHeight: 65_536));
        Assert.Throws<ArgumentException>(
            () => new WindowGeometry(1, 1, 4, 8, 1, 4, 8, 1, 1, strideWidth: 1_431_655_766));
    }

    /// <summary>Lengths that are asked for before there is a span are refused, and not negative.</summary>
    [Fact]
    public void Lengths_that_no_span_has_are_refused()
    {
        Assert.Throws<ArgumentException>(() => FullyConnected.PackedLength(1 << 16, 1 << 16));
        Assert.Throws<ArgumentException>(() => FullyConnected.PackedLength(1, int.MaxValue));
        Assert.Throws<ArgumentException>(() => Conv2D.PackedLength(1 << 16, 1 << 10, 1 << 10));
        Assert.Throws<ArgumentException>(() => Conv2D.PackedLength(1, 2, int.MaxValue));
        Assert.Throws<ArgumentException>(() => Conv2D.ScratchLength(new(1, 1, 1, 1, 1, 1, 1, 1 << 20, 1 << 20)));
        Assert.Throws<ArgumentException>(() => Conv2D.ScratchLength(new(1, 1, 1, 1 << 29, 1, 1, 1, 1, 3)));
        Assert.Throws<ArgumentException>(() => Conv2D.FloatScratchLength(new(1, 1, 1, 1 << 29, 1, 1, 1, 1, 1)));
        Assert.Throws<ArgumentException>(() => Conv2D.FloatScratchLength(new(1, 1, 1, 1 << 28, 1, 1, 1, 1, 2)));
        Assert.Throws<ArgumentException>(() => Conv2D.ScratchLength(new(1, -1, 1, 1, 1, 1, 1, 1, 1)));
        Assert.Equal(4, FullyConnected.PackedLength(1, 1));
    }

    /// <summary>A first channel that makes the last one negative.</summary>
    [Fact]
    public void Channels_beyond_the_constants_are_refused()
    {
        var output = new sbyte[2];
        Assert.ThrowsAny<ArgumentException>(() =>
            RequantDouble.Run([1, 2], new([1, 2, 3], [0, 0, 0], 0, -128, 127), int.MaxValue, output));
        Assert.ThrowsAny<ArgumentException>(() =>
            RequantSingle.Run([1, 2], new([1, 2, 3], [0, 0, 0], 0, -128, 127), int.MaxValue, output));
        Assert.ThrowsAny<ArgumentException>(() =>
            RequantFloatEven.Run([1, 2], new([1f, 2, 3], 0, -128, 127), int.MaxValue, output));
    }

    /// <summary>
    /// Scales for a rounding that takes multipliers, and the other way round: what is not there is not read.
    /// </summary>
    [Fact]
    public void Constants_of_another_kind_are_refused()
    {
        Refuses<RequantDouble>(() => new([0.5f], 0, -128, 127));
        Refuses<RequantSingle>(() => new([0.5f], 0, -128, 127));
        Refuses<RequantDouble>(() => new([0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f], 0, -128, 127));
        Refuses<RequantFloatEven>(() => Once);
        Refuses<RequantFloatEven>(() => new(new int[8], new int[8], 0, -128, 127));
        Refuses<RequantFloatEven>(() => default);
        Refuses<RequantDouble>(() => default);
        Assert.All(Calls<RequantDouble>(() => Once), call => call()); // with their own they run: nothing else is wrong
        Assert.All(Calls<RequantFloatEven>(() => new([0.5f], 0, -128, 127)), call => call());
    }

    private delegate Requantization Constants();

    private static void Refuses<TRequantizer>(Constants constants)
        where TRequantizer : struct, IRequantizer =>
        Assert.All(Calls<TRequantizer>(constants), call => Assert.ThrowsAny<ArgumentException>(call));

    private static Action[] Calls<TRequantizer>(Constants constants)
        where TRequantizer : struct, IRequantizer
    {
        WindowGeometry one = new(1, 2, 1, 8, 2, 1, 8, 1, 1), tiled = new(1, 3, 1, 8, 2, 1, 8, 2, 1);
        var output = new sbyte[16];
        return
        [
            () =>
                FullyConnected.Int8<NarrowWeights, TRequantizer>(
                    new sbyte[16], new sbyte[64], new int[8], constants(), output),
            () =>
                FullyConnected.Int4<TRequantizer>(
                    new sbyte[16], new sbyte[32], default, new int[8], constants(), new sbyte[64], output),
            () =>
                Conv2D.Int8<NarrowWeights, TRequantizer>(
                    new sbyte[16], one, new sbyte[64], new int[8], 0, constants(), new sbyte[1000], output),
            () =>
                Conv2D.Int8<NarrowWeights, TRequantizer>(
                    new sbyte[24], tiled, new sbyte[128], new int[8], 0, constants(), new sbyte[1000], output),
            () =>
                Conv2D.Int4<TRequantizer>(new sbyte[24], tiled, new sbyte[64], default, new int[8], 0, constants(), 8,
                    new sbyte[128], new sbyte[1000], output),
            () =>
                DepthwiseConv2D.Int8<TRequantizer>(
                    new sbyte[24], tiled, new sbyte[16], new int[8], 0, constants(), default, output),
            () =>
                DepthwiseConv2D.Int4<TRequantizer>(
                    new sbyte[24], tiled, new sbyte[8], new int[8], 0, constants(), new sbyte[16], default, output),
            () =>
                TransposeConv.Int8<TRequantizer>(new sbyte[24], new(1, 3, 1, 8, 3, 1, 8, 1, 1), new sbyte[64],
                    new int[8], 0, constants(), new sbyte[24]),
        ];
    }

    /// <summary>The multiplier 1/2 and a shift of 1: a sum as it is.</summary>
    private static Requantization Once => new(s_half, s_one, 0, -128, 127);

    private static readonly int[] s_half = [1 << 30], s_one = [1];

    // One or two of filter, stride, dilation and padding are far, the rest is small.
    private static void Run(
        int[] channelsIn, int[]? channelsOut, Func<WindowGeometry, double[], double[], double[], double[]>? plain,
        Kernel kernel)
    {
        int computed = 0, refused = 0;
        for (int seed = 0; seed < 2_000; seed++)
        {
            using GuardedSpans s = new(seed, atStart: seed % 2 == 0);
            int[] n = s.Values(12, () => s.Int(1, 3));
            int[] widths = [s.Int(1, 9), s.Int(1, 8)];
            foreach (int _ in Enumerable.Range(0, s.Int(1, 2)))
            {
                n[s.Int(4, 11)] = s.Of(s_far) - s.Of(0, 0, 1, 2);
            }

            int channels = s.Of(channelsIn);
            int outputs = channelsOut is null ? channels : s.Of(channelsOut);
            bool isDilated = channelsOut is not null || plain is not null; // pools are not
            WindowGeometry g;
            Span<sbyte> output = s.Room<sbyte>(n[1] * widths[1] * outputs);
            Span<float> reals = s.Room<float>(output.Length);
            try
            {
                g = new(
                    1, n[0], widths[0], channels, n[1], widths[1], outputs, Filter(n[4]), Filter(n[5]),
                    n[6], n[7], isDilated ? n[8] : 1, isDilated ? n[9] : 1, n[10] - 1, n[11] - 1);
                kernel(s, g, output, reals);
                computed++;
            }
            catch (ArgumentException)
            {
                refused++;
                continue;
            }

            if (plain is not null)
            {
                int weights = plain == PlainWindows.DepthwiseConv2D
                    ? WindowCases.DepthwiseWeights(g)
                    : g.OutputChannels * g.PatchLength;
                double[] sums = plain(
                    g, Ones<double>(WindowCases.Inputs(g)), Ones<double>(weights), new double[g.OutputChannels]);
                bool isRight = sums.Select(sum => (sbyte)Math.Min(sum, 127)).SequenceEqual(output.ToArray())
                    && sums.Select(sum => (float)sum).SequenceEqual(reals.ToArray());
                Assert.True(isRight, $"seed {seed}: {Describe(g)}");
            }
        }

        Assert.NotEqual(0, computed);
        Assert.NotEqual(0, refused);
    }

    private static string Describe(WindowGeometry g) => string.Join(
        ' ', g.InputHeight, g.InputWidth, g.InputChannels, "to", g.OutputHeight, g.OutputWidth, g.OutputChannels,
        "filter", g.FilterHeight, g.FilterWidth,
        "stride", g.StrideHeight, g.StrideWidth, "dilation", g.DilationHeight, g.DilationWidth, "padding", g.PaddingTop,
        g.PaddingLeft);

    // A filter has weights, so that it is not as large as the rest.
    private static int Filter(int size) => size > 3 ? (size % 5) + 1 : size;

    private static T[] Ones<T>(int count)
        where T : unmanaged, System.Numerics.INumber<T> => [.. Enumerable.Repeat(T.One, count)];
}
