using System.Collections.Immutable;
using CsCheck;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model.Tests.Operators;

public class ConvolutionTests
{
    private static readonly WindowOptions s_plain = new();

    [Fact]
    public void Conv2D_knows_its_multiplications()
    {
        Conv2D conv = new(Inputs([2, 9, 8, 3], [5, 3, 2, 3], 5), Image("y", [2, 4, 3, 5]),
            new WindowOptions(2, 3, 1, 1, Padding.Valid));
        Assert.Empty(conv.Validate());
        Assert.Equal((2 * 4 * 3 * 5 * 3 * 2 * 3, (3, 2)), (conv.Macs, conv.Filter));
        Assert.Empty(conv.InPlaceInputs);
    }

    [Fact]
    public void DepthwiseConv2D_knows_its_multiplier_and_where_it_works_in_place()
    {
        DepthwiseConv2D two = new(
            Inputs([1, 9, 8, 3], [1, 3, 3, 6], 6), Image("y", [1, 9, 8, 6]), new WindowOptions(Padding: Padding.Same));
        Assert.Empty(two.Validate());
        Assert.Equal((9 * 8 * 6 * 9, 2, 0), (two.Macs, two.Multiplier, two.InPlaceInputs.Length));

        DepthwiseConv2D one = new(Inputs([1, 9, 8, 3], [1, 3, 3, 3], 3), Image("y", [1, 9, 8, 3]),
            new WindowOptions(1, 1, 2, 1, Padding.Same));
        Assert.Empty(one.Validate());
        Assert.Equal((0, 5 * 8 * 3), (one.InPlaceInputs.Single(), one.InPlaceScratchBytes));

        DepthwiseConv2D wide = new(Inputs([1, 9, 100, 16], [1, 3, 3, 16], 16), Image("y", [1, 9, 100, 16]),
            new WindowOptions(Padding: Padding.Same));
        Assert.Empty(wide.Validate());
        Assert.Empty(wide.InPlaceInputs); // 4,800 bytes of rows
    }

    [Fact]
    public void TransposeConv_knows_its_multiplications()
    {
        TransposeConv conv = new(
            Inputs([1, 4, 5, 3], [2, 3, 3, 3], 2), Image("y", [1, 9, 11, 2]), new WindowOptions(2, 2));
        Assert.Empty(conv.Validate());
        Assert.Equal(4 * 5 * 2 * 3 * 3 * 3, conv.Macs);
    }

    [Theory]
    [InlineData(new[] { 1, 9, 8, 3 }, new[] { 5, 3, 3, 2 }, 5, new[] { 1, 7, 6, 5 },
        "expected as many, or a part of them that divides the outputs")]
    [InlineData(new[] { 1, 9, 8, 4 }, new[] { 5, 3, 3, 2 }, 5, new[] { 1, 7, 6, 5 },
        "expected as many, or a part of them that divides the outputs")]
    [InlineData(new[] { 1, 9, 8, 3 }, new[] { 5, 3, 3, 3 }, 4, new[] { 1, 7, 6, 5 }, "'b' has shape [4]; expected [5]")]
    [InlineData(new[] { 1, 9, 8, 3 }, new[] { 5, 3, 3, 3 }, 5, new[] { 1, 7, 7, 5 },
        "'y' has shape [1,7,7,5]; expected [1,7,6,5]")]
    [InlineData(new[] { 1, 2, 8, 3 }, new[] { 5, 3, 3, 3 }, 5, new[] { 1, 1, 6, 5 },
        "'y' has shape [1,1,6,5]; expected [1,0,6,5]")]
    [InlineData(new[] { 9, 8, 3 }, new[] { 5, 3, 3, 3 }, 5, new[] { 1, 7, 6, 5 },
        "'x' has shape [9,8,3]; expected 4 dimensions")]
    public void Shapes_that_do_not_fit(int[] input, int[] weights, int bias, int[] output, string message) =>
        Assert.Contains(message,
            string.Join('\n', new Conv2D(Inputs(input, weights, bias), Image("y", output), s_plain).Validate()),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(new[] { 2, 3, 3, 3 })]
    [InlineData(new[] { 1, 3, 3, 4 })]
    public void Depthwise_weights_that_do_not_fit(int[] weights) => Assert.Contains(
        "the channels a multiple of the input's",
        Assert.Single(
            new DepthwiseConv2D(Inputs([1, 9, 8, 3], weights, null), Image("y", [1, 7, 6, weights[3]]), s_plain)
                .Validate()),
        StringComparison.Ordinal);

    [Fact]
    public void Groups_read_channels_of_their_own()
    {
        Conv2D conv = new(Inputs([2, 9, 8, 6], [4, 3, 2, 3], 4), Image("y", [2, 7, 7, 4]), s_plain);
        Assert.Empty(conv.Validate());
        Assert.Equal((2, 2 * 7 * 7 * 4 * 3 * 2 * 3), (conv.Groups, conv.Macs));
        Assert.Contains("in groups of 3, float32 with int8 weights", Assert.Single(new Conv2D(
            [Graphs.Tensor("x", TensorType.Float32, [2, 9, 8, 6]), conv.Weights],
            Graphs.Tensor("y", TensorType.Float32, [2, 7, 7, 4]), s_plain).Validate()), StringComparison.Ordinal);
    }

    [Fact]
    public void Int16_images_have_int8_weights_and_a_bias_that_says_the_sums()
    {
        Tensor image = Graphs.Tensor("x", TensorType.Int16, [1, 3, 3, 2]);
        Tensor output = Graphs.Tensor("y", TensorType.Int16, [1, 3, 3, 2]);
        Tensor weights = Graphs.Tensor("w", TensorType.Int8, [2, 1, 1, 2], constant: true);
        Tensor tapWeights = Graphs.Tensor("w", TensorType.Int8, [1, 1, 1, 2], constant: true);
        Tensor Bias(TensorType type) => Graphs.Tensor("b", type, [2], constant: true);
        Conv2D Conv(Tensor bias) => new([image, weights, bias], output, s_plain);
        DepthwiseConv2D Depthwise(Tensor bias) => new([image, tapWeights, bias], output, s_plain);
        TransposeConv Transposed(Tensor bias) => new([image, weights, bias], output, s_plain);

        Assert.Empty(Conv(Bias(TensorType.Int64)).Validate());
        Assert.Empty(Conv(Bias(TensorType.Int32)).Validate());
        Assert.Empty(Depthwise(Bias(TensorType.Int64)).Validate());
        Assert.Empty(Transposed(Bias(TensorType.Int64)).Validate());
        Assert.Empty(Transposed(Bias(TensorType.Int16)).Validate());
        Assert.Equal((true, false, true, false),
            (Conv(Bias(TensorType.Int64)).Has64BitSums, Conv(Bias(TensorType.Int32)).Has64BitSums,
                new Conv2D([image, weights], output, s_plain).Has64BitSums,
                new Conv2D([image, weights], output, s_plain, narrowSums: true).Has64BitSums));

        Assert.Equal("bias 'b' is int16; expected int64 or int32",
            Assert.Single(Conv(Bias(TensorType.Int16)).Validate()));
        Assert.Equal("bias 'b' is int32; expected int64",
            Assert.Single(Depthwise(Bias(TensorType.Int32)).Validate()));
        Assert.Equal("bias 'b' is int32; expected int64 or int16",
            Assert.Single(Transposed(Bias(TensorType.Int32)).Validate()));
        Assert.Equal("weights 'w' are int16; expected int8 with int16 images", Assert.Single(new Conv2D(
            [image, Graphs.Tensor("w", TensorType.Int16, [2, 1, 1, 2], constant: true)], output, s_plain).Validate()));
        Assert.Contains("expected a ratio below 2^7", Assert.Single(new Conv2D([image, weights],
            Graphs.Tensor("y", TensorType.Int16, [1, 3, 3, 2], quantization: new(1e-3f, 0)), s_plain).Validate()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Types_and_quantization_that_do_not_fit()
    {
        Tensor image = Image("x", [1, 3, 3, 2]);
        Tensor output = Image("y", [1, 3, 3, 2]);
        string Errors(Tensor weights, Tensor? bias = null, Tensor? to = null) =>
            string.Join('\n',
                new Conv2D(bias is null ? [image, weights] : [image, weights, bias], to ?? output, s_plain).Validate());

        Tensor weights = Graphs.Tensor("w", TensorType.Int8, [2, 1, 1, 2], constant: true);
        Assert.Equal("", Errors(weights));
        Assert.Contains(
            "have no data", Errors(Graphs.Tensor("w", TensorType.Int8, [2, 1, 1, 2])), StringComparison.Ordinal);
        Assert.Contains("'w' is float32; expected int8",
            Errors(Graphs.Tensor("w", TensorType.Float32, [2, 1, 1, 2], constant: true)), StringComparison.Ordinal);
        Assert.Contains("bias 'b' is float32; expected int32",
            Errors(weights, Graphs.Tensor("b", TensorType.Float32, [2], constant: true)), StringComparison.Ordinal);
        Assert.Contains("expected 0 and one scale",
            Errors(Graphs.Tensor("w", TensorType.Int8, [2, 1, 1, 2], constant: true, new(0.5f, 1))),
            StringComparison.Ordinal);
        Assert.Contains("along axis 0",
            Errors(Graphs.Tensor("w", TensorType.Int8, [2, 1, 1, 2], constant: true, new([1f, 1f], 0, 3))),
            StringComparison.Ordinal);
        Assert.Contains("no shift reaches it",
            Errors(weights, to: Graphs.Tensor("y", TensorType.Int8, [1, 3, 3, 2], quantization: new(1e-12f, 0))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Dynamic_range_has_real_images_and_int8_filters()
    {
        Tensor image = Graphs.Tensor("x", TensorType.Float32, [1, 3, 3, 2]);
        Tensor output = Graphs.Tensor("y", TensorType.Float32, [1, 3, 3, 2]);
        Tensor bias = Graphs.Tensor("b", TensorType.Float32, [2], constant: true);
        Tensor weights = Graphs.Tensor("w", TensorType.Int8, [2, 1, 1, 2], constant: true, new([1f, 1f], 0, 0));
        Conv2D conv = new([image, weights, bias], output, s_plain);
        Assert.True(conv.IsHybrid);
        Assert.Empty(conv.Validate());
        Assert.Equal(
            ["weights 'w' have a scale for each channel; with symmetric_inputs they have one"],
            new Conv2D([image, weights, bias], output, s_plain, symmetricInputs: true).Validate());
        Tensor one = Graphs.Tensor("w", TensorType.Int8, [2, 1, 1, 2], constant: true);
        Assert.Empty(new Conv2D([image, one, bias], output, s_plain, symmetricInputs: true).Validate());
        Assert.Empty(
            new DepthwiseConv2D([image, Graphs.Tensor("w", TensorType.Int8, [1, 1, 1, 2], constant: true), bias],
                output,
                s_plain).Validate());
        Assert.Contains("'w' is int8; expected float32",
            Assert.Single(new TransposeConv([image, weights], output, s_plain).Validate()), StringComparison.Ordinal);
        Assert.Contains("bias 'b' is int32; expected float32",
            Assert.Single(
                new Conv2D([image, weights, Graphs.Tensor("b", TensorType.Int32, [2], constant: true)], output,
                    s_plain).Validate()), StringComparison.Ordinal);
        Assert.Contains("expected 0 and one scale",
            Assert.Single(
                new Conv2D(
                    [image, Graphs.Tensor("w", TensorType.Int8, [2, 1, 1, 2], constant: true, new(0.5f, 1)), bias],
                    output, s_plain).Validate()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_product_of_scales_beyond_float32_is_refused()
    {
        Tensor image = Graphs.Tensor("x", TensorType.Int8, [1, 3, 3, 2], quantization: new(1e20f, 0));
        Tensor weights = Graphs.Tensor("w", TensorType.Int8, [2, 1, 1, 2], constant: true, new(1e20f, 0));
        Tensor output = Graphs.Tensor("y", TensorType.Int8, [1, 3, 3, 2], quantization: new(1e38f, 0));
        Assert.Contains("larger than a float32 can be",
            Assert.Single(new Conv2D([image, weights], output, s_plain).Validate()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Conv2D", "[1,9,8,3]", "[4,3,2,3]", "[1,2,3,4]",
        "stride=2,3 dilation=3,1 padding=valid activation=relu6", "stride=2,3 dilation=3,1 activation=relu6")]
    [InlineData("Conv2D", "[1,9,8,3]", "[4,3,2,3]", "[1,9,8,4]", "padding=same", "padding=same")]
    [InlineData("Conv2D", "[1,9,8,3]", "[4,3,2,3]", "[1,7,7,4]", "stride=1,1 dilation=1,1 activation=none", "")]
    [InlineData("DepthwiseConv2D", "[2,9,8,3]", "[1,3,2,6]", "[2,5,8,6]",
        "stride=2,1 padding=same activation=relu_n1_to_1", "stride=2,1 padding=same activation=relu_n1_to_1")]
    [InlineData("TransposeConv", "[1,4,5,3]", "[4,3,3,3]", "[1,8,10,4]", "stride=2,2 padding=same activation=relu",
        "stride=2,2 padding=same activation=relu")]
    public void Reads_and_writes_its_statement(
        string kind, string input, string weights, string output, string attributes, string written)
    {
        string Model(string words)
        {
            string zeros = Convert.ToBase64String(
                new byte[weights.Trim('[', ']').Split(',')
                    .Aggregate(4, (n, d) => n * int.Parse(d, System.Globalization.CultureInfo.InvariantCulture))]);
            string data = string.Join('\n', zeros.Chunk(100).Select(line => "  " + new string(line)));
            return $"tinyquant-model 1\nname m\nrounding double\n\ntensor x float32 {input}\ntensor w float32 "
                + $"{weights} data\n{data}\ntensor y float32 {output}\n\n"
                + $"input x\noutput y\nop {kind} x w -> y{(words.Length > 0 ? " " + words : "")}\n";
        }

        ModelReadResult result = ModelReader.Read(Model(attributes));
        Assert.Empty(result.Errors);
        Assert.Equal(kind, result.Graph!.Operators.Single().Kind);
        Assert.Equal(Model(written), ModelWriter.Write(result.Graph));
    }

    [Theory]
    [InlineData("Conv2D", "stride", "0,1", "'0' is not a value of 'stride'")]
    [InlineData("Conv2D", "stride", "2", "'stride' has 1 values; expected 2")]
    [InlineData("DepthwiseConv2D", "dilation", "1,65537", "'65537' is not a value of 'dilation'")]
    [InlineData("Conv2D", "padding", "full", "'full' is not a value of 'padding'")]
    [InlineData("TransposeConv", "dilation", "1,1", "no attribute 'dilation'")]
    public void Attributes_that_it_does_not_take(string kind, string key, string value, string message)
    {
        string? error = null;
        var words = new AttributeReader(
            Word(kind), [Word($"{key}={value}")], (_, _, wrong) => error ??= wrong, _ => null);
        OperatorRegistry.Find(kind)!.Read(
            Inputs([1, 3, 3, 2], [2, 1, 1, 2], null), [Image("y", [1, 3, 3, 2])], words, line: -1,
            (_, wrong) => error ??= wrong);
        Assert.Contains(message, error, StringComparison.Ordinal);

        static Token Word(string text) => new(text, 0, 0, 0, Quoted: false);
    }

    [Fact]
    public void Whatever_the_shapes_validation_answers()
    {
        Gen<int[]> shape = Gen.OneOf(Gen.Int[1, 5], Gen.Const(1 << 20)).Array[3, 5];
        Gen<WindowOptions> window =
            from steps in Gen.OneOf(Gen.Int[1, 3], Gen.Const(1 << 16)).Array[4]
            from padding in Gen.Enum<Padding>()
            select new WindowOptions(steps[0], steps[1], steps[2], steps[3], padding);
        Gen.Select(shape, shape, shape, window).Sample((x, w, y, options) =>
        {
            ImmutableArray<Tensor> inputs = [
                Image("x", x), new Tensor("w", TensorType.Int8, [.. w], new(0.5f, 0), ImmutableArray<byte>.Empty)];
            foreach (Convolution op in (Convolution[])
                [new Conv2D(inputs, Image("y", y), options), new DepthwiseConv2D(inputs, Image("y", y), options),
                    new TransposeConv(inputs, Image("y", y), options)])
            {
                _ = op.Validate().Count();
            }
        }, iter: 3000);
    }

    private static ImmutableArray<Tensor> Inputs(int[] input, int[] weights, int? bias)
    {
        ImmutableArray<Tensor> inputs = [
            Image("x", input), Graphs.Tensor("w", TensorType.Int8, weights, constant: true)];
        return bias is { } outputs
            ? inputs.Add(Graphs.Tensor("b", TensorType.Int32, [outputs], constant: true))
            : inputs;
    }

    private static Tensor Image(string name, int[] shape) => new(name, TensorType.Int8, [.. shape], new(0.5f, 0));
}
