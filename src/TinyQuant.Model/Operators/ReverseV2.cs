using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's REVERSE_V2: the elements along some dimensions in reverse.</summary>
public sealed class ReverseV2 : Movement
{
    private static readonly OperatorAttribute<ImmutableArray<int>> s_axes = AttributesOf<ReverseV2>.Integers(
        "axes", o => o.Axes, 0, ModelLimits.Dimensions - 1);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new ReverseV2(p.Input, p.Output, p.Get(s_axes), p.Line), s_axes);

    /// <summary>Creates the operator.</summary>
    /// <param name="input">One dimension or more.</param>
    /// <param name="output">The input's shape.</param>
    /// <param name="axes">The dimensions, from 0, ascending, each once.</param>
    /// <param name="line">The line of the model file.</param>
    public ReverseV2(Tensor input, Tensor output, ImmutableArray<int> axes, int line = -1)
        : base(ImmutableArray.Create(input), ImmutableArray.Create(output), line) => Axes = axes;

    /// <summary>The dimensions that run backwards.</summary>
    public ImmutableArray<int> Axes { get; }

    /// <summary>Where they have one element each.</summary>
    public override bool IsAlias => Axes.All(a => Input.Shape[a] == 1);

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors()
    {
        bool fits = Axes.All(a => a >= 0 && a < Input.Shape.Length)
            && Axes.Zip(Axes.Skip(1), (a, b) => a < b).All(ascends => ascends);
        return fits
            ? Checks.Shape(Output, [.. Input.Shape.Select(d => (long)d)])
            : [$"axes={string.Join(",", Axes.Select(n => Invariant($"{n}")))} are none of '{Input.Name}' "
                + $"{Input.ShapeText}; expected dimensions of it, ascending, each once"];
    }
}
