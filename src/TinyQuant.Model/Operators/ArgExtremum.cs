using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>What ARG_MAX and ARG_MIN share: an index along an axis.</summary>
public abstract class ArgExtremum : Operator
{
    private protected static readonly OperatorAttribute<int> s_axis = AttributesOf<ArgExtremum>.Integer(
        "axis", o => o.Axis, 0, ModelLimits.Dimensions - 1);

    private protected ArgExtremum(Tensor input, Tensor output, int axis, int line)
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
            .Concat(Checks.SameType([TensorType.Int32, TensorType.Int64], Output));
        return Axis < 0 || Axis >= Input.Shape.Length
            ? types.Append(Invariant($"axis {Axis} is none of '{Input.Name}' {Input.ShapeText}"))
            : types.Concat(Checks.Shape(Output, [.. Input.Shape.RemoveAt(Axis).Select(d => (long)d)]));
    }
}
