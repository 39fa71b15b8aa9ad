using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's TRANSPOSE: dimension i of the output is dimension <c>Permutation[i]</c> of the input.
/// </summary>
public sealed class Transpose : Movement
{
    private static readonly OperatorAttribute<ImmutableArray<int>> s_permutation = AttributesOf<Transpose>.Integers(
        "perm", o => o.Permutation, 0, ModelLimits.Dimensions - 1);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new Transpose(p.Input, p.Output, p.Get(s_permutation), p.Line), s_permutation);

    /// <summary>Creates the operator.</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="output">The input's dimensions in another order.</param>
    /// <param name="permutation">For each dimension of the output, one of the input, from 0.</param>
    /// <param name="line">The line of the model file.</param>
    public Transpose(Tensor input, Tensor output, ImmutableArray<int> permutation, int line = -1)
        : base(ImmutableArray.Create(input), ImmutableArray.Create(output), line) => Permutation = permutation;

    /// <summary>For each dimension of the output, one of the input, from 0.</summary>
    public ImmutableArray<int> Permutation { get; }

    /// <summary>Where only dimensions of size 1 move, the elements stay in order.</summary>
    public override bool IsAlias
    {
        get
        {
            int[] moved = [.. Permutation.Where(d => Input.Shape[d] != 1)];
            return moved.SequenceEqual(moved.OrderBy(d => d));
        }
    }

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors() =>
        !Permutation.OrderBy(d => d).SequenceEqual(Enumerable.Range(0, Input.Shape.Length))
            ? [$"perm={string.Join(",", Permutation.Select(n => Invariant($"{n}")))} is no order of the "
                + $"{Input.Shape.Length} dimensions of '{Input.Name}' {Input.ShapeText}; expected each of them once"]
            : Checks.Shape(Output, [.. Permutation.Select(d => (long)Input.Shape[d])]);
}
