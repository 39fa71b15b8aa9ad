using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// What comparisons share: two operands of one type, and whether the comparison holds for each pair of elements.
/// </summary>
public abstract class ComparisonOperator : BinaryOperator
{
    private protected ComparisonOperator(ImmutableArray<Tensor> inputs, Tensor output, int line)
        : base(inputs, output, line)
    {
    }

    /// <summary>The types that are compared; codes of int8 may have two scales.</summary>
    private protected virtual IReadOnlyList<TensorType> Types { get; } =
        [TensorType.Float32, TensorType.Int8, TensorType.Int32, TensorType.Int64];

    /// <inheritdoc/>
    private protected override IEnumerable<string> TypeErrors() =>
        Checks.SameType(Types, Left, Right).Concat(Checks.SameType([TensorType.Bool], Output));

    /// <summary>
    /// The reference brings codes to 1/256 of a real unit by a factor that is a scale, and ends the process where it is
    /// not below 1.
    /// </summary>
    private protected override IEnumerable<string> QuantizationErrors() => Left.Type == TensorType.Int8
        ? Inputs.Where(t => t.Quantization is { Scale: >= 1 }).Distinct().Select(t =>
            Invariant($"'{t.Name}' has the scale {t.Quantization!.Scale:R}; expected one below 1, as codes are ")
            + "compared in 1/256 of a real unit")
        : [];
}
