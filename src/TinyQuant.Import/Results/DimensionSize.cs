using System.Globalization;

namespace TinyQuant.Import;

/// <summary>
/// What a symbol stands for that a file has in the place of dimensions, wherever it is, as a command or a project says
/// it: <c>batch=1</c>.
/// </summary>
/// <param name="Symbol">The symbol in the file.</param>
/// <param name="Size">Its size, 1 or more.</param>
public sealed record DimensionSize(string Symbol, int Size)
{
    /// <summary>What such a text looks like, for messages.</summary>
    public const string Expected = "SYMBOL=SIZE, such as batch=1";

    /// <summary>Reads a symbol and its size; false where the text is something else.</summary>
    public static bool TryParse(string text, out DimensionSize? dimension)
    {
        int equals = text.LastIndexOf('=');
        dimension = equals > 0
            && int.TryParse(text[(equals + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int size)
            && size >= 1
            ? new DimensionSize(text[..equals], size)
            : null;
        return dimension is not null;
    }

    /// <summary>As it is read.</summary>
    public override string ToString() => Invariant($"{Symbol}={Size}");
}
