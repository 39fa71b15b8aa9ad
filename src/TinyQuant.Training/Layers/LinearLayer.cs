using TinyQuant.Training.Quantizers;

namespace TinyQuant.Training.Layers;

/// <summary>
/// A layer of weights and a bias; a batch normalization and an activation behind it become part of it.
/// </summary>
public abstract class LinearLayer : UnaryLayer
{
    private float[] _quantized = [];

    private protected LinearLayer(
        string name, FeatureShape input, FeatureShape output, Parameter weights, int channelAxis)
        : base(name, input, output)
    {
        Weights = weights;
        Bias = new Parameter($"{name}.bias", [output.Channels]);
        ChannelAxis = channelAxis;
        Parameters = [Weights, Bias];
    }

    /// <summary>The weights.</summary>
    public Parameter Weights { get; }

    /// <summary>The bias, [channels].</summary>
    public Parameter Bias { get; }

    /// <summary>The dimension of the weights that runs over output channels: the first or the last.</summary>
    public int ChannelAxis { get; }

    /// <summary>Inputs of one output value.</summary>
    public abstract int FanIn { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>
    /// Where it is set, the passes compute with weights as that format holds them, while training changes the exact
    /// ones (a straight-through estimator: rounding counts as the identity in the backward pass).
    /// </summary>
    public WeightFormat? Rounding { get; set; }

    /// <summary>What the forward pass computes with; the backward pass uses the same.</summary>
    private protected float[] EffectiveWeights { get; private set; } = [];

    private protected void PrepareWeights()
    {
        if (Rounding is { } format)
        {
            FakeQuantizer.Weights(Weights, ChannelAxis, format, ref _quantized);
        }

        EffectiveWeights = Rounding is null ? Weights.Values : _quantized;
    }
}
