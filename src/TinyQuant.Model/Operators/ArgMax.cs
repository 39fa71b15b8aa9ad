using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's ARG_MAX: the index of the greatest element along an axis; of several equal ones, the first.
/// </summary>
public sealed class ArgMax : Operator
{
    private static readonly OperatorAttribute<int> s_axis = AttributesOf<ArgMax>.Integer(
        "axis", o => o.Axis, 0, ModelLimits.Dimensions - 1);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new ArgMax(p.Input, p.Output, p.Get(s_axis), p.Line), s_axis);

    /// <summary>Creates the operator.</summary>
    /// <param name="input">float32 or int8, any shape.</param>
    /// <param name="output">int32, the input's shape without <paramref name="axis"/>.</param>
    /// <param name="axis">The dimension, from 0.</param>
    /// <param name="line">The line of the model file.</param>
    public ArgMax(Tensor input, Tensor output, int axis, int line = -1)
        : base(ImmutableArray.Create(input), ImmutableArray.Create(output), line) => Axis = axis;

    /// <summary>The dimension that is searched.</summary>
    public int Axis { get; }

    /// <summary>Any shape.</summary>
    public Tensor Input => Inputs[0];

    /// <summary>The input's shape without the axis.</summary>
    public Tensor Output => Outputs[0];

    /// <inheritdoc/>
    public override long Macs => 0;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate()
    {
        IEnumerable<string> types = Checks.SameType([TensorType.Float32, TensorType.Int8], Input)
            .Concat(Checks.SameType([TensorType.Int32], Output));
        return Axis < 0 || Axis >= Input.Shape.Length
            ? types.Append(Invariant($"axis {Axis} is none of '{Input.Name}' {Input.ShapeText}"))
            : types.Concat(Checks.Shape(Output, [.. Input.Shape.RemoveAt(Axis).Select(d => (long)d)]));
    }
}
