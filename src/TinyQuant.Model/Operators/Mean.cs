using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's MEAN: the mean of all elements along some axes.</summary>
/// <param name="input">Any shape.</param>
/// <param name="output">The input's shape, with size 1 or without the reduced dimensions.</param>
/// <param name="axes">The dimensions that are reduced, from 0, ascending.</param>
/// <param name="keepDims">Whether they remain, with size 1.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Mean(Tensor input, Tensor output, ImmutableArray<int> axes, bool keepDims = false, int line = -1)
    : Reduction(input, output, axes, keepDims, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new Mean(p.Input, p.Output, p.Get(s_axes), p.Get(s_keepDims), p.Line), s_axes, s_keepDims);

    /// <inheritdoc/>
    private protected override IReadOnlyList<TensorType> Types => Checks.Int16Activations;
}
