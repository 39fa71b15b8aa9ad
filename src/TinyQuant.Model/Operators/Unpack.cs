using System.Collections.Immutable;
using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's UNPACK: an output for each index of a dimension, which goes.</summary>
public sealed class Unpack : Partition
{
    /// <summary>Creates the operator.</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="outputs">As many as the dimension's size, of the input's shape without it.</param>
    /// <param name="axis">The dimension, from 0.</param>
    /// <param name="line">The line of the model file.</param>
    public Unpack(Tensor input, ImmutableArray<Tensor> outputs, int axis, int line = -1)
        : base(input, outputs, axis, line)
    {
    }

    internal static Unpack? Read(OperatorStatement statement) => statement.HasCounts(1, 1, 1, int.MaxValue)
        ? new Unpack(statement.Inputs[0], statement.Outputs, ReadAxis(statement), statement.Line)
        : null;

    /// <inheritdoc/>
    private protected override IEnumerable<string> OutputErrors() => Input.Shape[Axis] != Outputs.Length
        ? [Invariant($"there are {Outputs.Length} outputs; expected {Input.Shape[Axis]}, the size of dimension {Axis} of '{Input.Name}' {Input.ShapeText}")]
        : Outputs.SelectMany(o => Checks.Shape(o, Without(Input.Shape, Axis)));
}
