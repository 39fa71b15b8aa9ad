using System.Numerics.Tensors;
using TinyQuant.Model;
using TinyQuant.Training.Export;
using TinyQuant.Training.Numerics;
using Tensor = TinyQuant.Model.Tensor;

namespace TinyQuant.Training.Layers;

/// <summary>The mean of what each window covers of the image; an <see cref="AveragePool2D"/> in the model.</summary>
public sealed class AveragePool2DLayer(string name, FeatureShape input, Window window) : PoolLayer(name, input, window)
{
    private protected override void ForwardImage(ReadOnlySpan<float> image, Span<float> output)
    {
        int channels = InputShape.Channels;
        output.Clear();
        for (int p = 0; p < Geometry.Positions; p++)
        {
            Span<float> pixel = output.Slice(p * channels, channels);
            int count = 0;
            foreach (Tap tap in new Taps(Geometry, p))
            {
                ChannelMath.Add(image.Slice(tap.Input, channels), pixel);
                count++;
            }

            TensorPrimitives.Multiply(pixel, 1f / count, pixel);
        }
    }

    private protected override void BackwardImage(
        ReadOnlySpan<float> image, ReadOnlySpan<float> output, ReadOnlySpan<float> outputGradient, Span<float> gradient)
    {
        int channels = InputShape.Channels;
        for (int p = 0; p < Geometry.Positions; p++)
        {
            int count = 0;
            foreach (Tap _ in new Taps(Geometry, p))
            {
                count++;
            }

            foreach (Tap tap in new Taps(Geometry, p))
            {
                Span<float> target = gradient.Slice(tap.Input, channels);
                TensorPrimitives.MultiplyAdd(outputGradient.Slice(p * channels, channels), 1f / count, target, target);
            }
        }
    }

    internal override Tensor AddTo(GraphBuilder graph, IReadOnlyList<Tensor> inputs, string outputName, Fusion fusion)
    {
        Tensor output = graph.Activation(outputName, OutputShape.TensorShape);
        graph.Add(new AveragePool2D(
            inputs[0], output, (Window.Height, Window.Width), Window.ToOptions(fusion.Activation)));
        return output;
    }
}
