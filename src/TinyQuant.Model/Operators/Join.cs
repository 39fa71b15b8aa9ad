using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>What the operators share that put tensors one after another along an axis of the output.</summary>
public abstract class Join : Movement
{
    private protected static readonly OperatorAttribute<int> s_axis = AttributesOf<Join>.Integer(
        "axis", o => o.Axis, 0, ModelLimits.Dimensions - 1);

    private protected Join(ImmutableArray<Tensor> inputs, Tensor output, int axis, int line)
        : base(inputs, ImmutableArray.Create(output), line) => Axis = axis;

    /// <summary>The dimension of the output that the inputs follow one another along.</summary>
    public int Axis { get; }

    /// <summary>A single input is the output.</summary>
    public override bool IsAlias => Inputs.Length == 1;

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors() => Axis < 0 || Axis >= Output.Shape.Length
        ? [Invariant($"axis {Axis} is none of '{Output.Name}' {Output.ShapeText}")]
        : InputErrors();

    /// <summary>What does not fit of the inputs, the axis being right.</summary>
    private protected abstract IEnumerable<string> InputErrors();
}
