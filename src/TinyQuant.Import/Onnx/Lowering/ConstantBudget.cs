namespace TinyQuant.Import.Onnx.Lowering;

/// <summary>
/// What the constants of a graph may take in all: a constant that is read in several orders is stored in each, and a
/// few bytes of a file must not become gigabytes.
/// </summary>
internal sealed class ConstantBudget
{
    private const long Most = 512L << 20;

    private long _left = Most;

    /// <exception cref="UnsupportedException">It is used up.</exception>
    public void Charge(long bytes)
    {
        _left -= bytes;
        if (_left < 0)
        {
            throw new UnsupportedException(
                Invariant($"the constants of the model take more than {Most} bytes in the orders that operators read"));
        }
    }
}
