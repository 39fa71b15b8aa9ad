using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's MIRROR_PAD: a tensor with its own elements around it, in reverse: from the border on
/// (<c>SYMMETRIC</c>), or from the element behind it on (<c>REFLECT</c>).
/// </summary>
public sealed class MirrorPad : Movement
{
    private static readonly OperatorAttribute<ImmutableArray<int>> s_paddings = AttributesOf<MirrorPad>.Integers(
        "paddings", o => o.Paddings, 0, int.MaxValue);

    private static readonly OperatorAttribute<bool> s_symmetric = AttributesOf<MirrorPad>.Flag(
        "symmetric", o => o.IsSymmetric);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new MirrorPad(p.Input, p.Output, p.Get(s_paddings), p.Get(s_symmetric), p.Line), s_paddings,
        s_symmetric);

    /// <summary>Creates the operator.</summary>
    /// <param name="input">One dimension or more.</param>
    /// <param name="output">The input's shape and the paddings.</param>
    /// <param name="paddings">For each dimension, how many elements come before the input's and how many after
    /// them; none more than there are to mirror.</param>
    /// <param name="isSymmetric">Whether the element at the border is mirrored too.</param>
    /// <param name="line">The line of the model file.</param>
    public MirrorPad(
        Tensor input, Tensor output, ImmutableArray<int> paddings, bool isSymmetric = false, int line = -1)
        : base(ImmutableArray.Create(input), ImmutableArray.Create(output), line)
    {
        Paddings = paddings;
        IsSymmetric = isSymmetric;
    }

    /// <summary>For each dimension, how many elements come before the input's and how many after them.</summary>
    public ImmutableArray<int> Paddings { get; }

    /// <summary>Whether the element at the border is mirrored too.</summary>
    public bool IsSymmetric { get; }

    /// <inheritdoc/>
    public override bool IsAlias => Paddings.All(p => p == 0);

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors()
    {
        int less = IsSymmetric ? 0 : 1;
        bool fits = !Input.Shape.IsEmpty && Paddings.Length == 2 * Input.Shape.Length
            && Paddings.Select((p, i) => p >= 0 && p <= Input.Shape[i / 2] - less).All(inside => inside);
        return fits
            ? Checks.Shape(
                Output, [.. Input.Shape.Select((d, i) => (long)d + Paddings[2 * i] + Paddings[(2 * i) + 1])])
            : [$"paddings=[{string.Join(",", Paddings.Select(n => Invariant($"{n}")))}] do not fit '{Input.Name}' "
                + $"{Input.ShapeText}; expected two for each dimension, none more than "
                + (IsSymmetric ? "its size" : "its size less 1")];
    }
}
