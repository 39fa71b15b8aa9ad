using TinyQuant.Model;
using TinyQuant.Training.Layers;
using TinyQuant.Training.Tests.Support;

namespace TinyQuant.Training.Tests.Layers;

/// <summary>Every layer's gradients, of parameters and inputs, against finite differences.</summary>
public class LayerGradientTests
{
    private static readonly FeatureShape s_image = new(5, 6, 3);

    [Theory]
    [InlineData(7, 4)]
    [InlineData(33, 17)]
    public void Dense(int inputs, int outputs) => GradientCheck.Run(new DenseLayer("dense", inputs, outputs));

    [Theory]
    [InlineData(3, 3, 1, Padding.Same, 2)]
    [InlineData(3, 3, 2, Padding.Same, 17)]
    [InlineData(2, 4, 1, Padding.Same, 3)]
    [InlineData(2, 3, 2, Padding.Valid, 5)]
    [InlineData(1, 1, 1, Padding.Valid, 4)]
    [InlineData(5, 6, 1, Padding.Valid, 2)]
    public void Conv2D(int height, int width, int stride, Padding padding, int outputs) =>
        GradientCheck.Run(new Conv2DLayer("conv", s_image, outputs, new Window(height, width, stride, padding)));

    [Theory]
    [InlineData(3, 3, 1, Padding.Same, 3)]
    [InlineData(3, 3, 2, Padding.Same, 10)]
    [InlineData(2, 4, 1, Padding.Valid, 8)]
    public void DepthwiseConv2D(int height, int width, int stride, Padding padding, int channels) =>
        GradientCheck.Run(
            new DepthwiseConv2DLayer(
                "depthwise", s_image with { Channels = channels }, new Window(height, width, stride, padding)));

    [Theory]
    [InlineData(Padding.Same)]
    [InlineData(Padding.Valid)]
    public void Windows_that_move_further_across_than_down(Padding padding)
    {
        var window = new Window(2, 3, 1, padding) { StrideWidth = 2 };
        GradientCheck.Run(new Conv2DLayer("conv", s_image, 3, window));
        GradientCheck.Run(new DepthwiseConv2DLayer("depthwise", s_image, window));
        GradientCheck.Run(new MaxPool2DLayer("max", s_image, window));
        GradientCheck.Run(new AveragePool2DLayer("average", s_image, window));
    }

    [Theory]
    [InlineData(2, 2, Padding.Valid, 3)]
    [InlineData(3, 2, Padding.Same, 11)]
    [InlineData(3, 1, Padding.Same, 8)]
    public void Pools(int size, int stride, Padding padding, int channels)
    {
        FeatureShape shape = s_image with { Channels = channels };
        GradientCheck.Run(new MaxPool2DLayer("max", shape, new Window(size, size, stride, padding)));
        GradientCheck.Run(new AveragePool2DLayer("average", shape, new Window(size, size, stride, padding)));
    }

    [Fact]
    public void GlobalAveragePool() => GradientCheck.Run(new GlobalAveragePoolLayer("pool", s_image));

    [Fact]
    public void BatchNorm_through_the_statistics_of_the_batch()
    {
        GradientCheck.Run(new BatchNormLayer("norm", s_image));
        GradientCheck.Run(new BatchNormLayer("norm", s_image with { Channels = 9 }));
        GradientCheck.Run(new BatchNormLayer("norm", FeatureShape.Vector(9)), tolerance: 5e-3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Relu(bool isRelu6)
    {
        GradientCheck.Run(new ReluLayer("relu", FeatureShape.Vector(300), isRelu6)); // inputs from -7 to 7
    }

    [Fact]
    public void Dropout() => GradientCheck.Run(new DropoutLayer("dropout", s_image, 0.4));

    [Fact]
    public void Flatten() => GradientCheck.Run(new FlattenLayer("flatten", s_image));

    [Fact]
    public void Add() => GradientCheck.Run(new AddLayer("add", s_image));
}
