namespace TinyQuant.Import.Onnx.Inference;

/// <summary>How many elements may be computed while importing, in all.</summary>
internal sealed class FoldingBudget
{
    private const long Most = 16 << 20;
    private const long MostRead = 1 << 30;

    private long _left = Most;
    private long _leftToRead = MostRead;

    /// <summary>A node is evaluated, whose outputs and inputs have so many elements.</summary>
    /// <exception cref="UnsupportedException">There are too many.</exception>
    public void Charge(long elements, long read)
    {
        _leftToRead -= read;
        if (_leftToRead < 0)
        {
            throw new UnsupportedException(Invariant(
                $"more than {MostRead} elements are read to evaluate constants, up to here; expected fewer"));
        }

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
