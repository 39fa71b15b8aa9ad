using System.Collections.Immutable;
using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's SLICE: output [i, j, ..] is input [begin 0 + i, begin 1 + j, ..].</summary>
public sealed class Slice : Slicing
{
    /// <summary>Creates the operator.</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="output">Of shape <paramref name="size"/>.</param>
    /// <param name="begin">For each dimension, the first index that is taken.</param>
    /// <param name="size">For each dimension, how many are taken.</param>
    /// <param name="line">The line of the model file.</param>
    public Slice(Tensor input, Tensor output, ImmutableArray<int> begin, ImmutableArray<int> size, int line = -1)
        : base(input, output, begin, size, line)
    {
    }

    internal static Slice? Read(OperatorStatement statement) => statement.HasCounts(1, 1, 1)
        ? new Slice(statement.Inputs[0], statement.Outputs[0],
            statement.Attributes.Integers("begin", null, -1, 0, int.MaxValue),
            statement.Attributes.Integers("size", null, -1, 1, int.MaxValue), statement.Line)
        : null;

    /// <summary>1 for each dimension.</summary>
    public override ImmutableArray<int> Strides => [.. Begin.Select(_ => 1)];

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, string>> Attributes => [AttributeText.Of("begin", Begin), AttributeText.Of("size", Size)];

    /// <inheritdoc/>
    private protected override IEnumerable<string> OutputErrors() => Checks.Shape(Output, [.. Size.Select(s => (long)s)]);
}
