using System.Collections.Immutable;
using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's PACK: inputs of one shape, one after another along a new dimension.</summary>
public sealed class Pack : Join
{
    /// <summary>Creates the operator.</summary>
    /// <param name="inputs">One at least, of one shape.</param>
    /// <param name="output">That shape with a dimension more, of the number of inputs.</param>
    /// <param name="axis">The new dimension, from 0.</param>
    /// <param name="line">The line of the model file.</param>
    public Pack(ImmutableArray<Tensor> inputs, Tensor output, int axis, int line = -1)
        : base(inputs, output, axis, line)
    {
    }

    internal static Pack? Read(OperatorStatement statement) => statement.HasCounts(1, int.MaxValue, 1)
        ? new Pack(statement.Inputs, statement.Outputs[0], statement.Attributes.Integer("axis", null, 0, ModelLimits.Dimensions - 1), statement.Line)
        : null;

    /// <inheritdoc/>
    private protected override IEnumerable<string> InputErrors()
    {
        if (Output.Shape[Axis] != Inputs.Length)
        {
            yield return Invariant($"'{Output.Name}' has size {Output.Shape[Axis]} in dimension {Axis}; expected {Inputs.Length}, the number of inputs");
        }
        foreach (string error in Inputs.SelectMany(i => Checks.Shape(i, Without(Output.Shape, Axis))))
        {
            yield return error;
        }
    }
}
