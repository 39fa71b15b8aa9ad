using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>The sum of all elements up to each along an axis, TensorFlow Lite's CUMSUM, in float32 and int8.</summary>
public sealed class Cumsum : Operator
{
    private static readonly OperatorAttribute<int> s_axis = AttributesOf<Cumsum>.Integer(
        "axis", o => o.Axis, 0, ModelLimits.Dimensions - 1);

    private static readonly OperatorAttribute<bool> s_exclusive = AttributesOf<Cumsum>.Flag(
        "exclusive", o => o.IsExclusive);

    private static readonly OperatorAttribute<bool> s_reverse = AttributesOf<Cumsum>.Flag(
        "reverse", o => o.IsReverse);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1,
        p => new Cumsum(p.Input, p.Output, p.Get(s_axis), p.Get(s_exclusive), p.Get(s_reverse), p.Line),
        s_axis, s_exclusive, s_reverse);

    /// <summary>Creates the operator.</summary>
    /// <param name="input">float32 or int8, any shape.</param>
    /// <param name="output">The input's shape and type.</param>
    /// <param name="axis">The dimension, from 0.</param>
    /// <param name="isExclusive">Whether a sum is without the element at its place.</param>
    /// <param name="isReverse">Whether the sums begin at the end.</param>
    /// <param name="line">The line of the model file.</param>
    public Cumsum(
        Tensor input, Tensor output, int axis, bool isExclusive = false, bool isReverse = false, int line = -1)
        : base(ImmutableArray.Create(input), ImmutableArray.Create(output), line)
    {
        Axis = axis;
        IsExclusive = isExclusive;
        IsReverse = isReverse;
    }

    /// <summary>The dimension that is summed along.</summary>
    public int Axis { get; }

    /// <summary>Whether a sum is without the element at its place.</summary>
    public bool IsExclusive { get; }

    /// <summary>Whether the sums begin at the end.</summary>
    public bool IsReverse { get; }

    /// <summary>Any shape.</summary>
    public Tensor Input => Inputs[0];

    /// <summary>The input's shape.</summary>
    public Tensor Output => Outputs[0];

    /// <inheritdoc/>
    public override long Macs => 0;

    /// <inheritdoc/>
    public override ImmutableArray<int> InPlaceInputs => ImmutableArray.Create(0);

    /// <inheritdoc/>
    public override IEnumerable<string> Validate()
    {
        IEnumerable<string> errors = Checks.SameType([TensorType.Float32, TensorType.Int8], Input, Output)
            .Concat(Checks.Shape(Output, [.. Input.Shape.Select(d => (long)d)]))
            .Concat(Checks.Quantized(Input, Output))
            .Concat(CodeSums.Validate(Input, Output));
        return Axis < 0 || Axis >= Input.Shape.Length
            ? errors.Append(Invariant($"axis {Axis} is none of '{Input.Name}' {Input.ShapeText}"))
            : errors;
    }
}
