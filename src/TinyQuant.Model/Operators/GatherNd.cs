using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's GATHER_ND: slices of a tensor by indexes of several dimensions, those in a row of the last
/// dimension of the indexes.
/// </summary>
/// <param name="input">Any shape.</param>
/// <param name="indexes">int32 or int64 [.., n], for the first n dimensions of the input.</param>
/// <param name="output">The indexes' shape without n, and then the input's behind the first n dimensions.</param>
/// <param name="line">The line of the model file.</param>
public sealed class GatherNd(Tensor input, Tensor indexes, Tensor output, int line = -1)
    : Movement(ImmutableArray.Create(input, indexes), ImmutableArray.Create(output), line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        2, 1, p => new GatherNd(p.Input, p.Inputs[1], p.Output, p.Line));

    /// <summary>A row of indexes for each slice.</summary>
    public Tensor Indexes => Inputs[1];

    /// <summary>The dimensions that a row has indexes of.</summary>
    public int Depth => Indexes.Shape.Length == 0 ? 0 : Indexes.Shape[Indexes.Shape.Length - 1];

    private protected override IEnumerable<Tensor> Sources => Inputs.Take(1);

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors()
    {
        List<string> types = [.. IndexChecks.Type(Indexes)];
        if (types.Count > 0)
        {
            return types;
        }

        return Depth == 0 || Depth > Input.Shape.Length
            ? [Invariant($"'{Indexes.Name}' {Indexes.ShapeText} has {Depth} indexes in a row; expected 1 to ")
                + Invariant($"{Input.Shape.Length}, the dimensions of '{Input.Name}' {Input.ShapeText}")]
            : Checks.Shape(Output, [.. Indexes.Shape.Take(Indexes.Shape.Length - 1).Concat(Input.Shape.Skip(Depth))
                .Select(d => (long)d)])
                .Concat(IndexChecks.Range(Indexes, [.. Input.Shape.Take(Depth)]));
    }
}
