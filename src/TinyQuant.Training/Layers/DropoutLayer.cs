using TinyQuant.Data;
using TinyQuant.Model;
using TinyQuant.Training.Export;
using TinyQuant.Training.Numerics;

namespace TinyQuant.Training.Layers;

/// <summary>
/// In training sets each value to 0 with some probability and scales the rest so that the mean stays; nothing else, and
/// nothing in the model.
/// </summary>
public sealed class DropoutLayer : UnaryLayer
{
    private const double Range = 4294967296; // 2^32, one more than a random number can be

    private readonly uint _threshold;
    private readonly float _scale;

    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique in its network; part of what decides what is dropped.</param>
    /// <param name="shape">The shape of an example.</param>
    /// <param name="probability">That a value is dropped, in [0, 1).</param>
    public DropoutLayer(string name, FeatureShape shape, double probability)
        : base(name, shape, shape)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        Probability = probability;
        _threshold = (uint)(probability * Range);
        _scale = (float)(1 / (1 - probability));
    }

    /// <summary>That a value is dropped.</summary>
    public double Probability { get; }

    private protected override void Forward(Pass pass, float[] input, float[] output) => Apply(pass, input, output);

    // Drawn again from the same seed, step and place, so that no mask need be kept.
    private protected override void Backward(
        Pass pass, float[] input, float[] output, float[] outputGradient, float[]? inputGradient)
    {
        if (inputGradient is not null)
        {
            Apply(pass, outputGradient, inputGradient);
        }
    }

    internal override Tensor AddTo(
        GraphBuilder graph, IReadOnlyList<Tensor> inputs, string outputName, Fusion fusion) => inputs[0];

    private void Apply(Pass pass, float[] from, float[] to)
    {
        if (!pass.IsTraining)
        {
            from.AsSpan(0, pass.Batch * InputLength).CopyTo(to);
            return;
        }

        BatchShards.Run(pass.Batch, (_, first, count) =>
        {
            for (int i = first; i < first + count; i++)
            {
                var random = Pcg32.At(pass.Seed, Name, (ulong)pass.Step, (ulong)i);
                for (int at = i * InputLength; at < (i + 1) * InputLength; at++)
                {
                    to[at] = random.NextUInt32() < _threshold ? 0 : from[at] * _scale;
                }
            }
        });
    }
}
