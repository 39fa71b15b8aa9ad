using CsCheck;

namespace TinyQuant.Model.Tests.Operators;

public class ReductionTests
{
    [Fact]
    public void The_axes_say_which_shape_the_output_has()
    {
        Assert.Empty(Mean([2, 3, 4], [2, 4], [1]).Validate());
        Assert.Empty(Mean([2, 3, 4], [1, 1, 4], [0, 1], keepDims: true).Validate());
        Assert.Equal(6, Mean([2, 3, 4], [1, 1, 4], [0, 1], keepDims: true).Count);
        Assert.Equal(
            ["'y' has shape [2,4]; expected [2,1,4]"], Mean([2, 3, 4], [2, 4], [1], keepDims: true).Validate());
        Assert.Equal(["'y' has shape [1]; expected []"], Mean([3], [1], [0]).Validate());
    }

    [Theory]
    [InlineData(new int[0], "")]
    [InlineData(new[] { 2 }, "2")]
    [InlineData(new[] { -1 }, "-1")]
    [InlineData(new[] { 1, 0 }, "1,0")]
    [InlineData(new[] { 1, 1 }, "1,1")]
    public void Axes_that_are_none(int[] axes, string text) =>
        Assert.Equal([$"axes={text} are not dimensions of 'x' [2,3]; expected one at least, from 0, ascending"],
            Mean([2, 3], [2], axes).Validate());

    [Fact]
    public void Types_and_scales_that_do_not_fit()
    {
        Tensor x = Graphs.Tensor("x", TensorType.Int8, [3]);
        Assert.Equal(
            ["the scale of 'y' is so small against that of 'x' that no shift reaches it; expected a ratio below 2^30"],
            new Sum(x, Graphs.Tensor("y", TensorType.Int8, [], quantization: new(1e-10f, 0)), [0]).Validate());
        Assert.Equal(["'x' is int32; expected float32 or int8 or int16"],
            new Sum(Graphs.Tensor("x", TensorType.Int32, [3]), Graphs.Tensor("y", TensorType.Int32, []), [0])
                .Validate());
        Assert.Equal(["'x' is int16; expected float32 or int8"],
            new ReduceMax(
                Graphs.Tensor("x", TensorType.Int16, [3], quantization: new(0.5f, 0)),
                Graphs.Tensor("y", TensorType.Int16, [], quantization: new(0.5f, 0)), [0]).Validate());
    }

    [Fact]
    public void Extremes_keep_their_scale()
    {
        Tensor x = Graphs.Tensor("x", TensorType.Int8, [3], quantization: new(0.5f, 0));
        Tensor y = Graphs.Tensor("y", TensorType.Int8, [], quantization: new(0.25f, 0));
        string[] expected = [
            "'y' (scale 0.25, zero point 0) and 'x' (scale 0.5, zero point 0) are quantized differently; expected "
                + "one scale and zero point"];
        Assert.Equal(expected, new ReduceMax(x, y, [0]).Validate());
        Assert.Equal(expected, new ReduceMin(x, y, [0]).Validate());
        Assert.Empty(
            new ReduceMax(x, Graphs.Tensor("z", TensorType.Int8, [], quantization: new(0.5f, 0)), [0]).Validate());
    }

    [Fact]
    public void ArgMax_gives_indexes()
    {
        Tensor x = Graphs.Tensor("x", TensorType.Int8, [2, 3]);
        Assert.Empty(new ArgMax(x, Graphs.Tensor("y", TensorType.Int32, [2]), 1).Validate());
        Assert.Equal(["'y' is int8; expected int32 or int64", "'y' has shape [2]; expected [3]"],
            new ArgMax(x, Graphs.Tensor("y", TensorType.Int8, [2]), 0).Validate());
        Assert.Equal(
            ["axis 2 is none of 'x' [2,3]"], new ArgMax(x, Graphs.Tensor("y", TensorType.Int32, [2]), 2).Validate());
    }

    [Fact]
    public void Whatever_the_axes_validation_answers() =>
        Gen.Select(Gen.Int[1, 4].Array[0, 4], Gen.Int[1, 4].Array[0, 4],
            Gen.OneOf(Gen.Int[-1, 5], Gen.OneOfConst(int.MinValue, int.MaxValue)).Array[0, 4], Gen.Bool)
            .Sample((input, output, axes, keepDims) =>
            {
                Assert.All(Mean(input, output, axes, keepDims).Validate(), Assert.NotEmpty);
                Assert.All(
                    new ArgMax(Graphs.Tensor("x", TensorType.Int8, input), Graphs.Tensor("y", TensorType.Int32, output),
                        axes.Length > 0 ? axes[0] : 0).Validate(), Assert.NotEmpty);
            }, iter: 5_000);

    private static Mean Mean(int[] input, int[] output, int[] axes, bool keepDims = false) =>
        new(Graphs.Tensor("x", TensorType.Int8, input), Graphs.Tensor("y", TensorType.Int8, output), [.. axes],
            keepDims);
}
