using System.Numerics.Tensors;
using TinyQuant.Model;
using TinyQuant.Training.Export;
using TinyQuant.Training.Numerics;
using Tensor = TinyQuant.Model.Tensor;

namespace TinyQuant.Training.Layers;

/// <summary>The largest value under each window; a <see cref="MaxPool2D"/> in the model.</summary>
public sealed class MaxPool2DLayer(string name, FeatureShape input, Window window) : PoolLayer(name, input, window)
{
    private protected override void ForwardImage(ReadOnlySpan<float> image, Span<float> output)
    {
        int channels = InputShape.Channels;
        output.Fill(float.NegativeInfinity);
        for (int p = 0; p < Geometry.Positions; p++)
        {
            Span<float> pixel = output.Slice(p * channels, channels);
            foreach (Tap tap in new Taps(Geometry, p))
            {
                TensorPrimitives.Max(image.Slice(tap.Input, channels), pixel, pixel);
            }
        }
    }

    // The first of equals gets the gradient.
    private protected override void BackwardImage(
        ReadOnlySpan<float> image, ReadOnlySpan<float> output, ReadOnlySpan<float> outputGradient, Span<float> gradient)
    {
        int channels = InputShape.Channels;
        Span<float> left = channels <= 256 ? stackalloc float[channels] : new float[channels];
        for (int p = 0; p < Geometry.Positions; p++)
        {
            ReadOnlySpan<float> largest = output.Slice(p * channels, channels);
            outputGradient.Slice(p * channels, channels).CopyTo(left);
            foreach (Tap tap in new Taps(Geometry, p))
            {
                ChannelMath.MoveWhereEqual(
                    image.Slice(tap.Input, channels), largest, left, gradient.Slice(tap.Input, channels));
            }
        }
    }

    internal override Tensor AddTo(GraphBuilder graph, IReadOnlyList<Tensor> inputs, string outputName, Fusion fusion)
    {
        Tensor output = graph.Activation(outputName, OutputShape.TensorShape);
        graph.Add(new MaxPool2D(inputs[0], output, (Window.Height, Window.Width), Window.ToOptions(fusion.Activation)));
        return output;
    }
}
