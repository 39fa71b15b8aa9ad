using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's CONCATENATION: inputs of any sizes along one dimension and the same in all others, one after
/// another. Codes are copied, so all have one scale and zero point; int16 codes may have other scales, of which
/// none is applied, as in the reference.
/// </summary>
public sealed class Concatenation : Join
{
    private static readonly OperatorAttribute<Activation> s_activation = AttributesOf<Concatenation>.Activation(o =>
        o.Activation);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        OperandCount.AtLeast(1), 1,
        p => new Concatenation(p.Inputs, p.Output, p.Get(s_axis), p.Get(s_activation), p.Line),
        s_axis, s_activation);

    /// <summary>Creates the operator.</summary>
    /// <param name="inputs">One at least.</param>
    /// <param name="output">Their shape, and the sum of their sizes along <paramref name="axis"/>.</param>
    /// <param name="axis">The dimension, from 0.</param>
    /// <param name="activation">None: as in TensorFlow Lite, there is no kernel for another.</param>
    /// <param name="line">The line of the model file.</param>
    public Concatenation(
        ImmutableArray<Tensor> inputs, Tensor output, int axis, Activation activation = Activation.None, int line = -1)
        : base(inputs, output, axis, line) => Activation = activation;

    /// <summary>None, in a valid model.</summary>
    public Activation Activation { get; }

    /// <summary>The reference asks int16 codes for zero points of 0, and does not look at their scales.</summary>
    private protected override IEnumerable<string> QuantizationErrors(Tensor[] others) =>
        Input.Type == TensorType.Int16
            && others.Append(Input).All(t => t.Quantization is { IsPerChannel: false, ZeroPoint: 0 })
        ? []
        : base.QuantizationErrors(others);

    /// <inheritdoc/>
    private protected override IEnumerable<string> InputErrors()
    {
        if (Activation != Activation.None)
        {
            yield return $"activation {Activation.ToName()} is not supported after a concatenation; expected none";
        }

        foreach (Tensor input in Inputs)
        {
            if (input.Shape.Length != Output.Shape.Length
                || !Without(input.Shape, Axis).SequenceEqual(Without(Output.Shape, Axis)))
            {
                yield return Invariant($"input '{input.Name}' {input.ShapeText} and output '{Output.Name}' ")
                    + Invariant($"{Output.ShapeText} differ in another dimension than {Axis}");
                yield break;
            }
        }

        long size = Inputs.Sum(i => (long)i.Shape[Axis]);
        if (size != Output.Shape[Axis])
        {
            yield return Invariant($"'{Output.Name}' has size {Output.Shape[Axis]} in dimension {Axis}; expected ")
                + Invariant($"{size}, the sum of the inputs' sizes");
        }
    }
}
