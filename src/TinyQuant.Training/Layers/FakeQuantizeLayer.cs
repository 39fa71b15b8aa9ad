using TinyQuant.Data;
using TinyQuant.Model;
using TinyQuant.Training.Codes;
using TinyQuant.Training.Export;
using TinyQuant.Training.Numerics;

namespace TinyQuant.Training.Layers;

/// <summary>
/// Rounds activations to what int8 can hold of a range, and follows the range that it sees in training (Jacob et al.,
/// "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference", 2018). The backward
/// pass is straight through, but for values outside of the range.
/// </summary>
public sealed class FakeQuantizeLayer : UnaryLayer
{
    private readonly float[] _range;
    private readonly ValueRange[] _parts = new ValueRange[BatchShards.Count];

    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique in its network.</param>
    /// <param name="shape">The shape of an example.</param>
    /// <param name="range">The range to start from.</param>
    public FakeQuantizeLayer(string name, FeatureShape shape, ValueRange range)
        : base(name, shape, shape)
    {
        _range = [range.Min, range.Max];
        State = [_range];
    }

    /// <summary>The range now.</summary>
    public ValueRange Range => new(_range[0], _range[1]);

    /// <summary>How much of the range a batch leaves.</summary>
    public float Momentum { get; init; } = 0.99f;

    /// <inheritdoc/>
    public override IReadOnlyList<float[]> State { get; }

    private protected override void Forward(Pass pass, float[] input, float[] output)
    {
        if (pass.IsTraining)
        {
            Follow(pass.Batch, input);
        }

        Quantization quantization = ActivationParameters.Of(Range);
        BatchShards.Run(pass.Batch, (_, first, count) => RoundToCodes.Apply(
            input.AsSpan(first * InputLength, count * InputLength), quantization.Scale, quantization.ZeroPoint,
            output.AsSpan(first * InputLength, count * InputLength)));
    }

    private protected override void Backward(
        Pass pass, float[] input, float[] output, float[] outputGradient, float[]? inputGradient)
    {
        if (inputGradient is null)
        {
            return;
        }

        Quantization quantization = ActivationParameters.Of(Range);
        BatchShards.Run(pass.Batch, (_, first, count) => RoundToCodes.PassGradient(
            input.AsSpan(first * InputLength, count * InputLength), quantization.Scale, quantization.ZeroPoint,
            outputGradient.AsSpan(first * InputLength, count * InputLength),
            inputGradient.AsSpan(first * InputLength, count * InputLength)));
    }

    internal override Tensor AddTo(
        GraphBuilder graph, IReadOnlyList<Tensor> inputs, string outputName, Fusion fusion) => inputs[0];

    private void Follow(int batch, float[] input)
    {
        BatchShards.Run(batch,
            (part, first, count) =>
                _parts[part] = ValueRange.Unchecked(input.AsSpan(first * InputLength, count * InputLength)));
        ValueRange seen = _parts.Take(Math.Min(BatchShards.Count, batch)).Aggregate((a, b) => a.Union(b));
        if (!float.IsFinite(seen.Max - seen.Min))
        {
            throw new NotFiniteNumberException(
                FormattableString.Invariant($"'{Name}' sees values from {seen.Min} to {seen.Max}"));
        }

        _range[0] = (Momentum * _range[0]) + ((1 - Momentum) * seen.Min);
        _range[1] = (Momentum * _range[1]) + ((1 - Momentum) * seen.Max);
    }
}
