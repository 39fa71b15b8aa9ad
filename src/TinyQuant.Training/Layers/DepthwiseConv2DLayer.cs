using TinyQuant.Model;
using TinyQuant.Training.Export;
using TinyQuant.Training.Numerics;
using Tensor = TinyQuant.Model.Tensor;

namespace TinyQuant.Training.Layers;

/// <summary>
/// A filter for each channel by itself, with weights [1, height, width, channels]; a <see cref="DepthwiseConv2D"/> of
/// multiplier 1 in the model.
/// </summary>
public sealed class DepthwiseConv2DLayer : LinearLayer
{
    private readonly PatchGeometry _geometry;
    private readonly PartialGradients[] _gradients = [
        .. Enumerable.Range(0, BatchShards.Count).Select(_ => new PartialGradients())];

    /// <summary>Creates a layer of zeros.</summary>
    /// <param name="name">The prefix of its parameters' names.</param>
    /// <param name="input">The shape of one image.</param>
    /// <param name="window">Size, stride and padding.</param>
    public DepthwiseConv2DLayer(string name, FeatureShape input, Window window)
        : this(name, new PatchGeometry(input, window))
    {
    }

    private DepthwiseConv2DLayer(string name, PatchGeometry geometry)
        : base(name, geometry.Input, new FeatureShape(geometry.Rows, geometry.Columns, geometry.Input.Channels),
            new Parameter(
            $"{name}.weights", [1, geometry.Window.Height, geometry.Window.Width, geometry.Input.Channels],
            decays: true), 3) =>
        _geometry = geometry;

    /// <inheritdoc/>
    public override int FanIn => _geometry.Window.Height * _geometry.Window.Width;

    private int Channels => InputShape.Channels;

    private protected override void Forward(Pass pass, float[] input, float[] output)
    {
        PrepareWeights();
        BatchShards.Run(pass.Batch, (_, first, count) =>
        {
            for (int i = first; i < first + count; i++)
            {
                ReadOnlySpan<float> image = input.AsSpan(i * InputLength, InputLength);
                Span<float> result = output.AsSpan(i * OutputLength, OutputLength);
                for (int p = 0; p < _geometry.Positions; p++)
                {
                    Span<float> pixel = result.Slice(p * Channels, Channels);
                    Bias.Values.CopyTo(pixel);
                    foreach (Tap tap in new Taps(_geometry, p))
                    {
                        ChannelMath.AddProduct(
                            image.Slice(tap.Input, Channels), EffectiveWeights.AsSpan(tap.Weight, Channels), pixel);
                    }
                }
            }
        });
    }

    private protected override void Backward(
        Pass pass, float[] input, float[] output, float[] outputGradient, float[]? inputGradient)
    {
        int used = Math.Min(BatchShards.Count, pass.Batch);
        BatchShards.Run(pass.Batch, (shard, first, count) =>
        {
            PartialGradients gradients = _gradients[shard];
            gradients.Clear(Weights.Values.Length, Channels);
            for (int i = first; i < first + count; i++)
            {
                Backward(gradients, input.AsSpan(i * InputLength, InputLength),
                    outputGradient.AsSpan(i * OutputLength, OutputLength),
                    inputGradient is null ? [] : inputGradient.AsSpan(i * InputLength, InputLength));
            }
        });
        PartialGradients.Join(_gradients.AsSpan(0, used), Weights.Gradients, Bias.Gradients);
    }

    /// <summary>One image.</summary>
    private void Backward(PartialGradients gradients, ReadOnlySpan<float> image, ReadOnlySpan<float> outputGradient,
        Span<float> inputGradient)
    {
        inputGradient.Clear();
        gradients.AddBias(outputGradient);
        for (int p = 0; p < _geometry.Positions; p++)
        {
            ReadOnlySpan<float> pixel = outputGradient.Slice(p * Channels, Channels);
            foreach (Tap tap in new Taps(_geometry, p))
            {
                ChannelMath.AddProduct(
                    image.Slice(tap.Input, Channels), pixel, gradients.Weights.AsSpan(tap.Weight, Channels));
                if (!inputGradient.IsEmpty)
                {
                    ChannelMath.AddProduct(
                        EffectiveWeights.AsSpan(tap.Weight, Channels), pixel, inputGradient.Slice(tap.Input, Channels));
                }
            }
        }
    }

    internal override Tensor AddTo(GraphBuilder graph, IReadOnlyList<Tensor> inputs, string outputName, Fusion fusion)
    {
        (Tensor weights, Tensor bias) = fusion.Constants(graph, this);
        Tensor output = graph.Activation(outputName, OutputShape.TensorShape);
        graph.Add(new DepthwiseConv2D(
            [inputs[0], weights, bias], output, _geometry.Window.ToOptions(fusion.Activation)));
        return output;
    }
}
