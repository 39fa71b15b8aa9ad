using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's SLICE: output [i, j, ..] is input [begin 0 + i, begin 1 + j, ..].</summary>
/// <param name="input">Any shape.</param>
/// <param name="output">Of shape <paramref name="size"/>.</param>
/// <param name="begin">For each dimension, the first index that is taken.</param>
/// <param name="size">For each dimension, how many are taken.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Slice(
    Tensor input, Tensor output, ImmutableArray<int> begin, ImmutableArray<int> size, int line = -1)
    : Slicing(input, output, begin, size, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new Slice(p.Input, p.Output, p.Get(s_begin), p.Get(s_size), p.Line), s_begin, s_size);

    /// <summary>1 for each dimension.</summary>
    public override ImmutableArray<int> Strides => [.. Begin.Select(_ => 1)];

    /// <inheritdoc/>
    private protected override IEnumerable<string> OutputErrors() =>
        Checks.Shape(Output, [.. Size.Select(s => (long)s)]);
}
