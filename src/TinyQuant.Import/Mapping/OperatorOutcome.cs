using TinyQuant.Import.Source;

namespace TinyQuant.Import.Mapping;

/// <summary>What became of an operator of the file: mapped, refused or, with neither, folded into a constant.</summary>
internal sealed record OperatorOutcome(SourceOperator Operator, MappedOperator? Mapped, UnsupportedException? Error)
{
    public bool IsFolded => Mapped is null && Error is null;

    /// <summary>
    /// The tensors it needs. Parameters that became attributes are none; one that is refused needs all.
    /// </summary>
    public IEnumerable<int> Needs =>
        IsFolded ? [] : Mapped?.Inputs ?? Operator.Inputs.Where(i => i != SourceOperator.Missing);
}
