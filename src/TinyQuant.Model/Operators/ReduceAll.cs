using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's REDUCE_ALL: whether all elements along some axes are true.</summary>
/// <param name="input">bool, any shape.</param>
/// <param name="output">bool, the input's shape, with size 1 or without the reduced dimensions.</param>
/// <param name="axes">The dimensions that are reduced, from 0, ascending.</param>
/// <param name="keepDims">Whether they remain, with size 1.</param>
/// <param name="line">The line of the model file.</param>
public sealed class ReduceAll(
    Tensor input, Tensor output, ImmutableArray<int> axes, bool keepDims = false, int line = -1)
    : Reduction(input, output, axes, keepDims, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new ReduceAll(p.Input, p.Output, p.Get(s_axes), p.Get(s_keepDims), p.Line), s_axes, s_keepDims);

    /// <inheritdoc/>
    private protected override IEnumerable<string> TypeErrors() => Checks.SameType([TensorType.Bool], Input, Output);

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors() => [];
}
