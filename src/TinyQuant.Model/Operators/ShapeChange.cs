using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>The same elements in the same order under another shape, which is the output tensor's.</summary>
public abstract class ShapeChange : Movement
{
    private protected ShapeChange(Tensor input, Tensor output, int line)
        : base(ImmutableArray.Create(input), ImmutableArray.Create(output), line)
    {
    }

    /// <inheritdoc/>
    public override bool IsAlias => true;

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors()
    {
        if (Input.ElementCount != Output.ElementCount)
        {
            yield return Invariant($"'{Output.Name}' {Output.ShapeText} has {Output.ElementCount} elements; ")
                + Invariant($"expected {Input.ElementCount}, as '{Input.Name}' {Input.ShapeText} has");
        }
    }

    /// <summary>The sizes other than 1.</summary>
    private protected static IEnumerable<int> Sizes(Tensor tensor) => tensor.Shape.Where(d => d != 1);

    /// <summary>What is wrong where only dimensions of size 1 may come or go.</summary>
    private protected IEnumerable<string> UnitErrors(bool removes)
    {
        bool fits = removes ? Output.Shape.Length <= Input.Shape.Length : Output.Shape.Length >= Input.Shape.Length;
        if (!fits || !Sizes(Input).SequenceEqual(Sizes(Output)))
        {
            yield return $"'{Output.Name}' has shape {Output.ShapeText}; expected that of '{Input.Name}', "
                + $"{Input.ShapeText}, {(removes ? "without some" : "with more")} dimensions of size 1";
        }
    }
}
