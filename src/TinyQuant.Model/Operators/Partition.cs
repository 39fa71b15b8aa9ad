using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>What the operators share that take a tensor apart along an axis.</summary>
public abstract class Partition : Movement
{
    private protected static readonly OperatorAttribute<int> s_axis = AttributesOf<Partition>.Integer(
        "axis", o => o.Axis, 0, ModelLimits.Dimensions - 1);

    private protected Partition(Tensor input, ImmutableArray<Tensor> outputs, int axis, int line)
        : base(ImmutableArray.Create(input), outputs, line) => Axis = axis;

    /// <summary>The dimension of the input that the outputs follow one another along.</summary>
    public int Axis { get; }

    /// <summary>A single output is the input.</summary>
    public override bool IsAlias => Outputs.Length == 1;

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors() => Axis < 0 || Axis >= Input.Shape.Length
        ? [Invariant($"axis {Axis} is none of '{Input.Name}' {Input.ShapeText}")]
        : OutputErrors();

    /// <summary>What does not fit of the outputs, the axis being right.</summary>
    private protected abstract IEnumerable<string> OutputErrors();
}
