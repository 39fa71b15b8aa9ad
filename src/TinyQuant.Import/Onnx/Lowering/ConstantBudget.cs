namespace TinyQuant.Import.Onnx.Lowering;

/// <summary>
/// What the constants of a graph may take in all: a constant that is read in several orders is stored in each, and a
/// few bytes of a file must not become gigabytes.
/// </summary>
/// <param name="fileLength">Bytes of the file.</param>
internal sealed class ConstantBudget(long fileLength)
{
    private const int TimesLength = 4;
    private const long Least = 32L << 20;

    private long _left = (TimesLength * fileLength) + Least;

    /// <exception cref="UnsupportedException">It is used up.</exception>
    public void Charge(long bytes)
    {
        _left -= bytes;
        if (_left < 0)
        {
            throw new UnsupportedException(
                Invariant($"the constants of the model take more than {TimesLength} times the {fileLength} bytes of ")
                    + Invariant($"the file, and {Least}, in the orders in which operators read them"));
        }
    }
}
