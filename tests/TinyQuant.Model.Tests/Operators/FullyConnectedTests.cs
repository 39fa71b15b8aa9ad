using CsCheck;

namespace TinyQuant.Model.Tests.Operators;

public class FullyConnectedTests
{
    [Fact]
    public void It_knows_its_rows_depth_and_multiplications()
    {
        FullyConnected layer = Layer([2, 3, 4], [5, 4], [5], [6, 5]);
        Assert.Empty(layer.Validate());
        Assert.Equal((6, 4, 120, false), (layer.Rows, layer.Depth, layer.Macs, layer.IsHybrid));
    }

    [Theory]
    [InlineData(new[] { 1, 4 }, new[] { 4 }, null, new[] { 1, 1 },
        "weights 'w' have shape [4]; expected [outputs,depth]")]
    [InlineData(new[] { 1, 4 }, new int[0], null, new[] { 1, 1 },
        "weights 'w' have shape []; expected [outputs,depth]")]
    [InlineData(new[] { 1, 4 }, new[] { 2, 0 }, null, new[] { 1, 2 },
        "weights 'w' have shape [2,0]; expected [outputs,depth]")]
    [InlineData(new int[0], new[] { 2, 4 }, null, new[] { 1, 2 },
        "input 'x' [] has 1 elements, which is not a multiple of the depth 4 of weights 'w' [2,4]")]
    [InlineData(new[] { 1, 5 }, new[] { 2, 4 }, null, new[] { 1, 2 },
        "input 'x' [1,5] has 5 elements, which is not a multiple of the depth 4 of weights 'w' [2,4]")]
    [InlineData(new[] { 1, 4 }, new[] { 2, 4 }, null, new int[0], "output 'y' has shape []; expected [1,2]")]
    [InlineData(new[] { 1, 4 }, new[] { 2, 4 }, null, new[] { 2, 1 }, "output 'y' has shape [2,1]; expected [1,2]")]
    [InlineData(new[] { 2, 4 }, new[] { 2, 4 }, null, new[] { 1, 2 }, "output 'y' has shape [1,2]; expected [2,2]")]
    [InlineData(new[] { 1, 4 }, new[] { 2, 4 }, new[] { 3 }, new[] { 1, 2 }, "bias 'b' has shape [3]; expected [2]")]
    [InlineData(new[] { 1, 4 }, new[] { 2, 4 }, new[] { 1, 2 }, new[] { 1, 2 },
        "bias 'b' has shape [1,2]; expected [2]")]
    public void Shapes_that_do_not_fit(int[] input, int[] weights, int[]? bias, int[] output, string message) =>
        Assert.Equal([message], Layer(input, weights, bias, output).Validate());

    [Fact]
    public void Dynamic_range_has_one_scale_or_some_and_inputs_of_both_kinds()
    {
        FullyConnected Hybrid(Quantization weights, bool isSymmetric, TensorType input = TensorType.Float32) => new(
            [Graphs.Tensor("x", input, [1, 2]), Graphs.Tensor("w", TensorType.Int8, [2, 2], true, weights)],
            Graphs.Tensor("y", input, [1, 2]), Activation.None, symmetricInputs: isSymmetric);
        var channels = new Quantization([0.5f, 0.25f], 0, 0);
        Assert.Empty(Hybrid(channels, isSymmetric: false).Validate());
        Assert.Empty(Hybrid(channels, isSymmetric: true).Validate());
        Assert.Empty(Hybrid(new(0.5f, 0), isSymmetric: true).Validate());
        Assert.Equal(["weights 'w' have zero point 3; expected 0"], Hybrid(new(0.5f, 3), isSymmetric: true).Validate());
        Assert.Equal(
            ["symmetric_inputs is of float32 inputs with int8 weights, which are quantized on each call"],
            Hybrid(new(0.5f, 0), isSymmetric: true, TensorType.Int8).Validate());
    }

    [Theory]
    [InlineData(TensorType.Int8, TensorType.Int8, TensorType.Float32, TensorType.Int8,
        "bias 'b' is float32; expected int32")]
    [InlineData(TensorType.Float32, TensorType.Int8, TensorType.Int32, TensorType.Float32,
        "bias 'b' is int32; expected float32")]
    [InlineData(TensorType.Int8, TensorType.Float32, TensorType.Float32, TensorType.Int8,
        "types int8 x float32 -> int8 do not go together; expected all int8, all float32, or int16 or "
            + "float32 with int8 weights")]
    [InlineData(TensorType.Float32, TensorType.Int32, TensorType.Float32, TensorType.Float32,
        "types float32 x int32 -> float32 do not go together; expected all int8, all float32, or int16 or "
            + "float32 with int8 weights")]
    public void Types_that_do_not_fit(
        TensorType input, TensorType weights, TensorType bias, TensorType output, string message) =>
        Assert.Equal([message], Layer([1, 4], [2, 4], [2], [1, 2], (input, weights, bias, output)).Validate());

    [Fact]
    public void Quantization_that_does_not_fit()
    {
        Tensor input = Graphs.Tensor("x", TensorType.Int8, [1, 2], false, new([1f, 1f], 0, 1));
        Tensor output = Graphs.Tensor("y", TensorType.Int8, [1, 2]);
        Tensor weights = Graphs.Tensor("w", TensorType.Int8, [2, 2], true, new([1f, 1f], 3, 1));
        Assert.Equal(
            [
                "activations are quantized per tensor; only weights have a scale for each channel",
                "weights 'w' are quantized along axis 1; expected axis 0",
            ],
            Graphs.Layer(input, weights, null, output).Validate());
    }

    [Theory]
    [InlineData(TensorType.Int64, true)]
    [InlineData(TensorType.Int32, false)]
    [InlineData(null, true)]
    public void Sums_of_int16_have_the_bits_of_the_bias(TensorType? bias, bool has64Bits)
    {
        FullyConnected layer = Graphs.Layer(
            Graphs.Tensor("x", TensorType.Int16, [1, 4]), Graphs.Tensor("w", TensorType.Int8, [2, 4], constant: true),
            bias is { } type ? Graphs.Tensor("b", type, [2], constant: true) : null,
            Graphs.Tensor("y", TensorType.Int16, [1, 2]));
        Assert.Empty(layer.Validate());
        Assert.Equal(has64Bits, layer.Has64BitSums);
    }

    [Fact]
    public void Sums_of_int16_without_a_bias_may_be_asked_to_have_32_bits()
    {
        Tensor weights = Graphs.Tensor("w", TensorType.Int8, [2, 4], constant: true);
        FullyConnected layer = new(
            [Graphs.Tensor("x", TensorType.Int16, [1, 4]), weights], Graphs.Tensor("y", TensorType.Int16, [1, 2]),
            Activation.None, narrowSums: true);
        Assert.Empty(layer.Validate());
        Assert.False(layer.Has64BitSums);
        Assert.Equal("narrow_sums is of int16 inputs without a bias, whose type would say it",
            Assert.Single(new FullyConnected(
                [Graphs.Tensor("x", TensorType.Int8, [1, 4]), weights], Graphs.Tensor("y", TensorType.Int8, [1, 2]),
                Activation.None, narrowSums: true).Validate()));
    }

    [Fact]
    public void Weights_may_be_computed_or_have_a_zero_point()
    {
        Tensor input = Graphs.Tensor("x", TensorType.Int8, [1, 2]);
        Tensor output = Graphs.Tensor("y", TensorType.Int8, [1, 2]);
        FullyConnected shifted = Graphs.Layer(
            input, Graphs.Tensor("w", TensorType.Int8, [2, 2], true, new(1f, 3)), null, output);
        FullyConnected computed = Graphs.Layer(input, Graphs.Tensor("w", TensorType.Int8, [2, 2]), null, output);
        FullyConnected perChannel = Graphs.Layer(
            input, Graphs.Tensor("w", TensorType.Int8, [2, 2], true, new([1f, 1f], 3, 0)), null, output);
        Assert.Empty(shifted.Validate().Concat(computed.Validate()).Concat(perChannel.Validate()));
        Assert.Equal((3, false, 0, false), (shifted.WeightsZeroPoint, shifted.HasPlainWeights,
            computed.WeightsZeroPoint, computed.HasPlainWeights));
        Assert.Equal((0, true), (perChannel.WeightsZeroPoint, perChannel.HasPlainWeights));
        Assert.Contains("takes constant weights with float32 activations and scales for channels", Assert.Single(
            Graphs.Layer(input, Graphs.Tensor("w", TensorType.Int8, [2, 2], false, new([1f, 1f], 0, 0)), null, output)
                .Validate()), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_the_shapes_validation_answers()
    {
        Gen<int[]> shape = Gen.Int[0, 4].Array[0, 4];
        Gen.Select(shape, shape, shape, shape).Sample((x, w, b, y) =>
        {
            FullyConnected layer = Layer(x, w, b, y);
            if (!layer.Validate().Any())
            {
                Assert.Equal(layer.Output.ElementCount, layer.Rows * w[0]);
            }
        }, iter: 2000);
    }

    private static FullyConnected Layer(
        int[] input, int[] weights, int[]? bias, int[] output,
        (TensorType Input, TensorType Weights, TensorType Bias, TensorType Output)? types = null)
    {
        var (x, w, b, y) = types ?? (TensorType.Int8, TensorType.Int8, TensorType.Int32, TensorType.Int8);
        return Graphs.Layer(
            Graphs.Tensor("x", x, input), Graphs.Tensor("w", w, weights, constant: true),
            bias is null ? null : Graphs.Tensor("b", b, bias, constant: true), Graphs.Tensor("y", y, output));
    }
}
