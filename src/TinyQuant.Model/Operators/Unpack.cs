using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's UNPACK: an output for each index of a dimension, which goes.</summary>
/// <param name="input">Any shape.</param>
/// <param name="outputs">As many as the dimension's size, of the input's shape without it.</param>
/// <param name="axis">The dimension, from 0.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Unpack(Tensor input, ImmutableArray<Tensor> outputs, int axis, int line = -1)
    : Partition(input, outputs, axis, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, OperandCount.AtLeast(1), p => new Unpack(p.Input, p.Outputs, p.Get(s_axis), p.Line), s_axis);

    /// <inheritdoc/>
    private protected override IEnumerable<string> OutputErrors() => Input.Shape[Axis] != Outputs.Length
        ? [Invariant($"there are {Outputs.Length} outputs; expected {Input.Shape[Axis]}, the size of dimension ")
            + Invariant($"{Axis} of '{Input.Name}' {Input.ShapeText}")]
        : Outputs.SelectMany(o => Checks.Shape(o, Without(Input.Shape, Axis)));
}
