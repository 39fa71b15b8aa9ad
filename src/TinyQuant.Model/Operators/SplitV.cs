using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's SPLIT_V: parts along one dimension, of the outputs' sizes.</summary>
/// <param name="input">Any shape.</param>
/// <param name="outputs">The input's shape but for the sizes along <paramref name="axis"/>, which add up to the
/// input's.</param>
/// <param name="axis">The dimension, from 0.</param>
/// <param name="line">The line of the model file.</param>
public sealed class SplitV(Tensor input, ImmutableArray<Tensor> outputs, int axis, int line = -1)
    : Partition(input, outputs, axis, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, OperandCount.AtLeast(1), p => new SplitV(p.Input, p.Outputs, p.Get(s_axis), p.Line), s_axis);

    /// <inheritdoc/>
    private protected override IEnumerable<string> OutputErrors()
    {
        foreach (Tensor output in Outputs)
        {
            if (output.Shape.Length != Input.Shape.Length
                || !Without(output.Shape, Axis).SequenceEqual(Without(Input.Shape, Axis)))
            {
                yield return Invariant($"output '{output.Name}' {output.ShapeText} and input '{Input.Name}' ")
                    + Invariant($"{Input.ShapeText} differ in another dimension than {Axis}");
                yield break;
            }
        }

        long size = Outputs.Sum(o => (long)o.Shape[Axis]);
        if (size != Input.Shape[Axis])
        {
            yield return Invariant($"the outputs have {size} in dimension {Axis} together; expected ")
                + Invariant($"{Input.Shape[Axis]}, as '{Input.Name}' {Input.ShapeText} has");
        }
    }
}
