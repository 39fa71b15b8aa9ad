namespace TinyQuant.Import.Onnx.Inference;

/// <summary>How many elements may be computed while importing, in all.</summary>
internal sealed class FoldingBudget
{
    private const long Most = 16 << 20;

    private long _left = Most;

    /// <exception cref="UnsupportedException">There are too many.</exception>
    public void Charge(long elements)
    {
        if (elements > Inferring.MostFolded)
        {
            throw new UnsupportedException(Invariant(
                $"it computes {elements} elements from constants; expected at most {Inferring.MostFolded}"));
        }

        _left -= elements;
        if (_left < 0)
        {
            throw new UnsupportedException(Invariant(
                $"more than {Most} elements are computed from constants, up to here; expected fewer"));
        }
    }
}
