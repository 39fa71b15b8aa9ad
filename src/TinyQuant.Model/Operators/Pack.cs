using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's PACK: inputs of one shape, one after another along a new dimension.</summary>
/// <param name="inputs">One at least, of one shape.</param>
/// <param name="output">That shape with a dimension more, of the number of inputs.</param>
/// <param name="axis">The new dimension, from 0.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Pack(ImmutableArray<Tensor> inputs, Tensor output, int axis, int line = -1)
    : Join(inputs, output, axis, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        OperandCount.AtLeast(1), 1, p => new Pack(p.Inputs, p.Output, p.Get(s_axis), p.Line), s_axis);

    /// <inheritdoc/>
    private protected override IEnumerable<string> InputErrors()
    {
        if (Output.Shape[Axis] != Inputs.Length)
        {
            yield return Invariant($"'{Output.Name}' has size {Output.Shape[Axis]} in dimension {Axis}; expected ")
                + Invariant($"{Inputs.Length}, the number of inputs");
        }

        foreach (string error in Inputs.SelectMany(i => Checks.Shape(i, Without(Output.Shape, Axis))))
        {
            yield return error;
        }
    }
}
