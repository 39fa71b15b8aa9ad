using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's STRIDED_SLICE, with masks and negative indexes resolved: element j of dimension d is input index
/// begin[d] + j · strides[d]. The output has the same elements in the same order under a shape of its own, so
/// dimensions of size 1 may come and go.
/// </summary>
public sealed class StridedSlice : Slicing
{
    private static readonly OperatorAttribute<ImmutableArray<int>> s_strides = AttributesOf<StridedSlice>.Integers(
        "strides", o => o.Strides, -int.MaxValue, int.MaxValue);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new StridedSlice(p.Input, p.Output, p.Get(s_begin), p.Get(s_size), p.Get(s_strides), p.Line),
        s_begin, s_size, s_strides);

    /// <summary>Creates the operator.</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="output">As many elements as are taken.</param>
    /// <param name="begin">For each dimension of the input, the first index that is taken.</param>
    /// <param name="size">For each dimension of the input, how many are taken.</param>
    /// <param name="strides">For each dimension of the input, the step to the next one; negative to go
    /// backwards.</param>
    /// <param name="line">The line of the model file.</param>
    public StridedSlice(
        Tensor input, Tensor output, ImmutableArray<int> begin, ImmutableArray<int> size, ImmutableArray<int> strides,
        int line = -1)
        : base(input, output, begin, size, line) => Strides = strides;

    /// <inheritdoc/>
    public override ImmutableArray<int> Strides { get; }

    /// <inheritdoc/>
    private protected override IEnumerable<string> OutputErrors()
    {
        // Sizes are at most the input's, whose product is an int.
        int taken = Size.Aggregate(1, (product, size) => product * size);
        if (Output.ElementCount != taken)
        {
            yield return Invariant($"'{Output.Name}' {Output.ShapeText} has {Output.ElementCount} elements; ")
                + Invariant($"expected {taken}, which are taken");
        }
    }
}
