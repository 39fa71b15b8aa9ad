using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's EMBEDDING_LOOKUP: rows of a table by their indexes. A table of int8 codes with zero point 0 gives
/// int8 rows, or float32 ones.
/// </summary>
/// <param name="ids">int32 [count].</param>
/// <param name="table">float32 or int8 [rows, ..].</param>
/// <param name="output">[count, ..], of the table's type, scale and zero point; or float32 of an int8 table.</param>
/// <param name="line">The line of the model file.</param>
public sealed class EmbeddingLookup(Tensor ids, Tensor table, Tensor output, int line = -1)
    : Operator(ImmutableArray.Create(ids, table), ImmutableArray.Create(output), line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        2, 1, p => new EmbeddingLookup(p.Input, p.Inputs[1], p.Output, p.Line));

    /// <summary>Indexes of rows.</summary>
    public Tensor Ids => Inputs[0];

    /// <summary>What rows are taken of.</summary>
    public Tensor Table => Inputs[1];

    /// <summary>The rows.</summary>
    public Tensor Output => Outputs[0];

    /// <summary>Whether int8 codes become the real numbers that they stand for.</summary>
    public bool Dequantizes => Table.Type == TensorType.Int8 && Output.Type == TensorType.Float32;

    /// <inheritdoc/>
    public override long Macs => 0;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate()
    {
        List<string> errors =
        [
            .. Checks.SameType([TensorType.Int32], Ids), .. Checks.Rank(Ids, 1),
            .. Checks.SameType([TensorType.Float32, TensorType.Int8], Table),
        ];
        if (Table.Shape.Length < 2)
        {
            errors.Add(Invariant($"'{Table.Name}' has shape {Table.ShapeText}; expected 2 dimensions or more"));
        }

        return errors.Count > 0
            ? errors
            : (Dequantizes ? CodeErrors()
                : Checks.SameType([Table.Type], Output).Concat(Checks.SameQuantization(Table, Output)))
            .Concat(Checks.Shape(Output, [.. Table.Shape.SetItem(0, Ids.Shape[0]).Select(d => (long)d)]))
            .Concat(IndexChecks.Range(Ids, [Table.Shape[0]]));
    }

    private IEnumerable<string> CodeErrors() => Checks.Quantized(Table)
        .Concat(Table.Quantization is { IsPerChannel: false, ZeroPoint: not 0 and var zeroPoint }
            ? [Invariant($"'{Table.Name}' has zero point {zeroPoint}; expected 0 where codes become float32")]
            : Array.Empty<string>());
}
