using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's SPLIT: equal parts along one dimension.</summary>
/// <param name="input">Any shape.</param>
/// <param name="outputs">The input's shape but for the size along <paramref name="axis"/>, which is divided by their
/// number.</param>
/// <param name="axis">The dimension, from 0.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Split(Tensor input, ImmutableArray<Tensor> outputs, int axis, int line = -1)
    : Partition(input, outputs, axis, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, OperandCount.AtLeast(1), p => new Split(p.Input, p.Outputs, p.Get(s_axis), p.Line), s_axis);

    /// <inheritdoc/>
    private protected override IEnumerable<string> OutputErrors() => Input.Shape[Axis] % Outputs.Length != 0
        ? [Invariant($"dimension {Axis} of '{Input.Name}' {Input.ShapeText} cannot be split into {Outputs.Length} ")
            + "equal parts"]
        : Outputs.SelectMany(o => Checks.Shape(o, With(Input.Shape, Axis, Input.Shape[Axis] / Outputs.Length)));
}
