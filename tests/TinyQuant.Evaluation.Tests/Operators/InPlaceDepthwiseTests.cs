using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>
/// A depthwise convolution between two others is written over its input where that makes the arena smaller.
/// </summary>
public sealed class InPlaceDepthwiseTests
{
    [Theory]
    [InlineData(1, 1, Padding.Same)]
    [InlineData(2, 1, Padding.Same)]
    [InlineData(1, 2, Padding.Same)]
    [InlineData(1, 1, Padding.Valid)]
    public void Peak_is_lower_and_answers_are_the_same(int stride, int dilation, Padding padding)
    {
        var window = new WindowOptions(stride, stride, dilation, dilation, padding, Activation.Relu);
        using CompiledModel inPlace = CompiledOnce.Model(
            Chain(window, multiplier: 1, out Tensor before, out Tensor after));
        Agreement.Check(inPlace, runs: 10);
        Assert.Equal((((3 - 1) * dilation) + 1) * 16 * 8, inPlace.ScratchBytes);
        Assert.Equal(before.ByteLength + inPlace.ScratchBytes, inPlace.ArenaBytes);
        Assert.True(inPlace.ArenaBytes < before.ByteLength + after.ByteLength);
    }

    /// <summary>The output is so small that copies of the input's rows cost more than both beside each other.</summary>
    [Theory]
    [InlineData(2, 2, Padding.Valid)]
    [InlineData(8, 3, Padding.Same)]
    public void Not_where_the_rows_take_more_than_they_save(int stride, int dilation, Padding padding)
    {
        var window = new WindowOptions(stride, stride, dilation, 1, padding);
        using CompiledModel model = CompiledOnce.Model(
            Chain(window, multiplier: 1, out Tensor before, out Tensor after));
        Agreement.Check(model, runs: 10);
        Assert.Equal((0, before.ByteLength + after.ByteLength), (model.ScratchBytes, model.ArenaBytes));
    }

    [Fact]
    public void Not_with_more_outputs_than_inputs()
    {
        using CompiledModel model = CompiledOnce.Model(
            Chain(new WindowOptions(2, 2), multiplier: 2, out Tensor before, out Tensor after));
        Agreement.Check(model, runs: 10);
        Assert.Equal(0, model.ScratchBytes);
        Assert.True(model.ArenaBytes >= before.ByteLength + after.ByteLength);
    }

    private static Graph Chain(WindowOptions window, int multiplier, out Tensor before, out Tensor after)
    {
        var maker = new GraphMaker(3);
        Tensor input = maker.Int8Input(new Quantization(0.1f, -5), 1, 16, 16, 4);
        before = maker.Conv2D(input, 8, (1, 1), new WindowOptions());
        after = maker.DepthwiseConv2D(before, multiplier, (3, 3), window);
        return maker.Build(maker.Conv2D(after, 2, (1, 1), new WindowOptions()));
    }
}
