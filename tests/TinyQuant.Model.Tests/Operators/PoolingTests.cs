using CsCheck;

namespace TinyQuant.Model.Tests.Operators;

public class PoolingTests
{
    [Fact]
    public void The_window_says_how_large_the_output_is()
    {
        Assert.Empty(Pool([1, 5, 6, 2], [1, 2, 3, 2], (2, 2), new(2, 2)).Validate());
        Assert.Equal(["'y' has shape [1,2,3,2]; expected [1,3,3,2]"],
            Pool([1, 5, 6, 2], [1, 2, 3, 2], (2, 2), new(2, 2, Padding: Padding.Same)).Validate());
        Assert.Equal(["'y' has shape [1,1,1,2]; expected [1,0,1,2]"],
            Pool([1, 5, 6, 2], [1, 1, 1, 2], (6, 6), new()).Validate());
        Assert.Equal(
            ["'x' has shape [5,6]; expected 4 dimensions"], Pool([5, 6], [1, 1, 1, 2], (1, 1), new()).Validate());
    }

    [Fact]
    public void Windows_that_are_none()
    {
        const string message = "filter, stride or dilation is out of range; expected a filter of 1 to 65536, a "
            + "stride of 1 or more and no dilation";
        Assert.Equal([message], Pool([1, 5, 5, 1], [1, 5, 5, 1], (0, 1), new()).Validate());
        Assert.Equal([message], Pool([1, 5, 5, 1], [1, 5, 5, 1], (1, 1), new(0)).Validate());
        Assert.Equal([message], Pool([1, 5, 5, 1], [1, 5, 5, 1], (1, 1), new(DilationWidth: 2)).Validate());
        Assert.Equal([message], Pool([1, 5, 5, 1], [1, 5, 5, 1], (1, 1 << 17), new()).Validate());
    }

    [Fact]
    public void Types_and_scales_that_do_not_fit()
    {
        int[] shape = [1, 1, 1, 1];
        Tensor x = Graphs.Tensor("x", TensorType.Int8, shape);
        Assert.Equal(
            ["'y' (scale 0.25, zero point 0) and 'x' (scale 0.5, zero point 0) are quantized differently; expected "
                + "one scale and zero point"],
            new AveragePool2D(
                x, Graphs.Tensor("y", TensorType.Int8, shape, quantization: new(0.25f, 0)), (1, 1), new()).Validate());
        Tensor word = Graphs.Tensor("x", TensorType.Int16, shape, quantization: new(0.5f, 0));
        Assert.Empty(new MaxPool2D(word, word, (1, 1), new()).Validate());
        Assert.Equal(["'x' is int16; expected float32"], new L2Pool2D(word, word, (1, 1), new()).Validate());
        Tensor integer = Graphs.Tensor("x", TensorType.Int32, shape);
        Assert.Equal(
            ["'x' is int32; expected float32 or int8 or int16"],
            new AveragePool2D(integer, integer, (1, 1), new()).Validate());
    }

    [Fact]
    public void Whatever_the_window_validation_answers()
    {
        Gen<int> number = Gen.OneOf(Gen.Int[-1, 5], Gen.OneOfConst(int.MinValue, int.MaxValue));
        Gen.Select(Gen.Int[1, 5].Array[3, 4], number, number, number, number, Gen.Enum<Padding>())
            .Sample((shape, height, width, strideHeight, strideWidth, padding) =>
            Assert.All(Pool(shape, shape, (height, width), new(strideHeight, strideWidth, Padding: padding)).Validate(),
                Assert.NotEmpty), iter: 5_000);
    }

    private static AveragePool2D Pool(
        int[] input, int[] output, (int Height, int Width) filter, WindowOptions window) =>
        new(Graphs.Tensor("x", TensorType.Int8, input), Graphs.Tensor("y", TensorType.Int8, output), filter, window);
}
