using System.Collections.Immutable;
using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's SPLIT: equal parts along one dimension.</summary>
public sealed class Split : Partition
{
    /// <summary>Creates the operator.</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="outputs">The input's shape but for the size along <paramref name="axis"/>, which is divided by their number.</param>
    /// <param name="axis">The dimension, from 0.</param>
    /// <param name="line">The line of the model file.</param>
    public Split(Tensor input, ImmutableArray<Tensor> outputs, int axis, int line = -1)
        : base(input, outputs, axis, line)
    {
    }

    internal static Split? Read(OperatorStatement statement) => statement.HasCounts(1, 1, 1, int.MaxValue)
        ? new Split(statement.Inputs[0], statement.Outputs, ReadAxis(statement), statement.Line)
        : null;

    /// <inheritdoc/>
    private protected override IEnumerable<string> OutputErrors() => Input.Shape[Axis] % Outputs.Length != 0
        ? [Invariant($"dimension {Axis} of '{Input.Name}' {Input.ShapeText} cannot be split into {Outputs.Length} equal parts")]
        : Outputs.SelectMany(o => Checks.Shape(o, With(Input.Shape, Axis, Input.Shape[Axis] / Outputs.Length)));
}
