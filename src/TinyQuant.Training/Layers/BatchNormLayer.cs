using TinyQuant.Model;
using TinyQuant.Training.Export;
using TinyQuant.Training.Numerics;

namespace TinyQuant.Training.Layers;

/// <summary>
/// y = gamma (x - mean) / sqrt(variance + epsilon) + beta for each channel (Ioffe and Szegedy, "Batch Normalization",
/// 2015). In the model it is part of the layer before it.
/// </summary>
public sealed class BatchNormLayer : UnaryLayer
{
    private const float Epsilon = 1e-5f;

    private readonly float[] _mean;
    private readonly float[] _inverse;
    private readonly float[] _scale;
    private readonly float[] _shift;
    private readonly float[] _slope;
    private readonly ChannelSums _sums;

    /// <summary>Creates a layer that changes nothing yet.</summary>
    /// <param name="name">The prefix of its parameters' names.</param>
    /// <param name="shape">The shape of an example.</param>
    public BatchNormLayer(string name, FeatureShape shape)
        : base(name, shape, shape)
    {
        int channels = shape.Channels;
        Gamma = new Parameter($"{name}.gamma", [channels]);
        Beta = new Parameter($"{name}.beta", [channels]);
        Array.Fill(Gamma.Values, 1f);
        RunningMean = new float[channels];
        RunningVariance = new float[channels];
        Array.Fill(RunningVariance, 1f);
        (_mean, _inverse, _scale, _shift, _slope) = (
            new float[channels], new float[channels], new float[channels], new float[channels], new float[channels]);
        _sums = new ChannelSums(channels);
        Parameters = [Gamma, Beta];
        State = [RunningMean, RunningVariance];
    }

    /// <summary>The scale, [channels].</summary>
    public Parameter Gamma { get; }

    /// <summary>The shift, [channels].</summary>
    public Parameter Beta { get; }

    /// <summary>The mean outside of training.</summary>
    public float[] RunningMean { get; }

    /// <summary>The variance outside of training.</summary>
    public float[] RunningVariance { get; }

    /// <summary>How much of the running statistics a batch leaves.</summary>
    public float Momentum { get; init; } = 0.9f;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<float[]> State { get; }

    /// <summary>What it multiplies a channel by, and then adds, outside of training.</summary>
    public (float Scale, float Shift) Affine(int channel)
    {
        double scale = Gamma.Values[channel] / Math.Sqrt(RunningVariance[channel] + (double)Epsilon);
        return ((float)scale, (float)(Beta.Values[channel] - (RunningMean[channel] * scale)));
    }

    private protected override void Forward(Pass pass, float[] input, float[] output)
    {
        if (pass.IsTraining)
        {
            Measure(pass.Batch, input);
        }

        for (int c = 0; c < _scale.Length; c++)
        {
            (_scale[c], _shift[c]) = pass.IsTraining
                ? (Gamma.Values[c] * _inverse[c], Beta.Values[c] - (_mean[c] * Gamma.Values[c] * _inverse[c]))
                : Affine(c);
        }

        BatchShards.Run(pass.Batch, (_, first, count) =>
        {
            int channels = _scale.Length;
            for (int at = first * InputLength; at < (first + count) * InputLength; at += channels)
            {
                ChannelMath.MultiplyAdd(input.AsSpan(at, channels), _scale, _shift, output.AsSpan(at, channels));
            }
        });
    }

    // With n values a channel and x' = (x - mean) inverse:
    // dx = gamma inverse (dy - sum(dy) / n - x' sum(dy x') / n), which is dy scale + x slope + shift.
    private protected override void Backward(
        Pass pass, float[] input, float[] output, float[] outputGradient, float[]? inputGradient)
    {
        int channels = _scale.Length;
        double values = (double)pass.Batch * InputLength / channels;
        double[] beta = _sums.Run(
            pass.Batch, InputLength, (at, sum) => ChannelMath.Add(outputGradient.AsSpan(at, channels), sum));
        for (int c = 0; c < channels; c++)
        {
            Beta.Gradients[c] = (float)beta[c];
        }

        double[] gamma = _sums.Run(pass.Batch, InputLength, (at, sum) =>
            ChannelMath.AddCentredProduct(outputGradient.AsSpan(at, channels), input.AsSpan(at, channels), _mean, sum));
        for (int c = 0; c < channels; c++)
        {
            double sum = gamma[c] * _inverse[c];
            Gamma.Gradients[c] = (float)sum;
            _scale[c] = Gamma.Values[c] * _inverse[c];
            _slope[c] = (float)(-_scale[c] * _inverse[c] * sum / values);
            _shift[c] = (float)((-_scale[c] * Beta.Gradients[c] / values) - (_slope[c] * (double)_mean[c]));
        }

        if (inputGradient is not null)
        {
            BatchShards.Run(pass.Batch, (_, first, count) =>
            {
                for (int at = first * InputLength; at < (first + count) * InputLength; at += channels)
                {
                    Span<float> target = inputGradient.AsSpan(at, channels);
                    ChannelMath.MultiplyAdd(input.AsSpan(at, channels), _slope, _shift, target);
                    ChannelMath.AddProduct(outputGradient.AsSpan(at, channels), _scale, target);
                }
            });
        }
    }

    internal override Tensor AddTo(
        GraphBuilder graph, IReadOnlyList<Tensor> inputs, string outputName, Fusion fusion) =>
        throw new InvalidOperationException(
            $"Batch normalization '{Name}' stands behind no layer of weights that it could become part of.");

    /// <summary>Sets the batch's statistics, and moves the running ones by them.</summary>
    private void Measure(int batch, float[] input)
    {
        int channels = _mean.Length;
        double values = (double)batch * InputLength / channels;
        double[] sums = _sums.Run(batch, InputLength, (at, sum) => ChannelMath.Add(input.AsSpan(at, channels), sum));
        for (int c = 0; c < channels; c++)
        {
            _mean[c] = (float)(sums[c] / values);
        }

        double[] squares = _sums.Run(
            batch, InputLength, (at, sum) => ChannelMath.AddCentredSquare(input.AsSpan(at, channels), _mean, sum));
        for (int c = 0; c < channels; c++)
        {
            double variance = squares[c] / values;
            _inverse[c] = (float)(1 / Math.Sqrt(variance + Epsilon));
            double unbiased = values > 1 ? variance * values / (values - 1) : variance;
            RunningMean[c] = (Momentum * RunningMean[c]) + ((1 - Momentum) * _mean[c]);
            RunningVariance[c] = (Momentum * RunningVariance[c]) + ((1 - Momentum) * (float)unbiased);
        }
    }
}
