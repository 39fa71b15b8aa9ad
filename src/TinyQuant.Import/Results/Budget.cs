namespace TinyQuant.Import;

/// <summary>
/// What a file may ask for: a few times the bytes it has. Offsets may point at one place from everywhere, so a small
/// file can describe endlessly much; a real one refers to most of its bytes once.
/// </summary>
internal sealed class Budget
{
    private const int TimesLength = 4;
    private const long Least = 1 << 18;

    private readonly long _length;
    private long _left;

    public Budget(int fileLength)
    {
        _length = fileLength;
        _left = (TimesLength * (long)fileLength) + Least;
    }

    /// <exception cref="MalformedFileException">It is used up.</exception>
    public void Charge(long bytes)
    {
        _left -= bytes;
        if (_left < 0)
        {
            throw new MalformedFileException(
                Invariant($"its parts overlap: it describes more than {TimesLength} times the {_length} bytes it has"));
        }
    }
}
