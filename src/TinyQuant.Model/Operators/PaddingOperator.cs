using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>What PAD and PADV2 share: elements before and after those of each dimension.</summary>
public abstract class PaddingOperator : Movement
{
    private protected static readonly OperatorAttribute<ImmutableArray<int>> s_paddings =
        AttributesOf<PaddingOperator>.Integers(
        "paddings", o => o.Paddings, 0, int.MaxValue);

    private protected PaddingOperator(
        ImmutableArray<Tensor> inputs, Tensor output, ImmutableArray<int> paddings, int line)
        : base(inputs, ImmutableArray.Create(output), line) => Paddings = paddings;

    /// <summary>For each dimension, how many elements come before the input's and how many after them.</summary>
    public ImmutableArray<int> Paddings { get; }

    /// <inheritdoc/>
    public override bool IsAlias => Paddings.All(p => p == 0);

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors() =>
        Paddings.Length != 2 * Input.Shape.Length || Paddings.Any(p => p < 0)
        ? [Invariant($"'paddings' has {Paddings.Length} values; expected {2 * Input.Shape.Length}, two for each ")
            + Invariant($"dimension of '{Input.Name}' {Input.ShapeText}, each 0 or more")]
        : Checks.Shape(Output, [.. Input.Shape.Select((d, i) => (long)d + Paddings[2 * i] + Paddings[(2 * i) + 1])]);
}
