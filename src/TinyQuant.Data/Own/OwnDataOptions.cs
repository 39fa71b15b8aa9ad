namespace TinyQuant.Data;

/// <summary>What <see cref="OwnData"/> cannot see by itself, or is not to find out.</summary>
public sealed record OwnDataOptions
{
    /// <summary>Reads pictures other than PGM; null where there is none.</summary>
    public PictureDecoder? Decoder { get; init; }

    /// <summary>
    /// The column of a CSV file that has the class: a name of its heading, a number from 1, <c>first</c> or
    /// <c>last</c>. Null for the one that looks like it: the only one of text; one that the heading calls class, label,
    /// target, species, category or y; else the first, or the last where the first has no integers or counts the lines.
    /// </summary>
    public string? ClassColumn { get; init; }

    /// <summary>
    /// Whether the first line of a CSV file is a heading. Null for what it looks like: a line of text alone, or of
    /// column numbers from 0.
    /// </summary>
    public bool? HasHeading { get; init; }
}
