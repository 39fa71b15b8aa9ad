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

    [Theory]
    [InlineData(TensorType.Int8, TensorType.Int8, TensorType.Float32, TensorType.Int8,
        "bias 'b' is float32; expected int32")]
    [InlineData(TensorType.Float32, TensorType.Int8, TensorType.Int32, TensorType.Float32,
        "bias 'b' is int32; expected float32")]
    [InlineData(TensorType.Int8, TensorType.Float32, TensorType.Float32, TensorType.Int8,
        "types int8 x float32 -> int8 do not go together; expected all int8, all float32, or float32 with int8 "
            + "weights")]
    [InlineData(TensorType.Float32, TensorType.Int32, TensorType.Float32, TensorType.Float32,
        "types float32 x int32 -> float32 do not go together; expected all int8, all float32, or float32 with int8 "
            + "weights")]
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
                "weights 'w' have zero point 3; expected 0",
                "weights 'w' are quantized along axis 1; expected axis 0",
            ],
            Graphs.Layer(input, weights, null, output).Validate());
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
