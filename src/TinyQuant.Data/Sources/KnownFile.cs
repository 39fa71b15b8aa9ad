namespace TinyQuant.Data;

/// <summary>A file of a data set whose content is known to the last bit.</summary>
/// <param name="Name">The file's name without <c>.gz</c>.</param>
/// <param name="Kind">Images or labels.</param>
/// <param name="Length">The bytes of its uncompressed content.</param>
/// <param name="Sha256">
/// The SHA-256 of its uncompressed content in lower-case hexadecimal: compressed, the same data comes in several forms.
/// </param>
public sealed record KnownFile(string Name, IdxKind Kind, int Length, string Sha256)
{
    /// <summary>The name of the compressed file.</summary>
    public string CompressedName => Name + ".gz";
}
