using System.CommandLine;
using TinyQuant.Data;
using TinyQuant.Tool.Output;

namespace TinyQuant.Tool.Commands;

/// <summary>The options that say what a user's CSV file does not.</summary>
internal sealed class CsvOptions
{
    private const string Yes = "yes";
    private const string No = "no";

    public Option<string?> ClassColumn { get; } = new("--class-column")
    {
        HelpName = "COLUMN",
        Description = "With --from and CSV: the column of the class, a name of the heading, a number from 1, first "
            + "or last. Without it the only "
            + "one of text; one that the heading calls class, label, target, species, category or y; else the first, "
            + "or the last where the "
            + "first has no integers or counts the lines.",
    };

    public Option<string?> Heading { get; } = NewHeading();

    /// <summary>All of them.</summary>
    public Option[] All => [ClassColumn, Heading];

    /// <summary>What is known about data before it is read.</summary>
    public OwnDataOptions Read(ParseResult parsed) => new()
    {
        Decoder = PictureFiles.Read,
        ClassColumn = parsed.GetValue(ClassColumn),
        HasHeading = parsed.GetValue(Heading) is { } heading ? heading == Yes : null,
    };

    private static Option<string?> NewHeading()
    {
        var option = new Option<string?>("--heading")
        {
            HelpName = $"{Yes}|{No}",
            Description = "With --from and CSV: whether the first line is a heading. Without it a line of text "
                + "alone, or of column numbers from 0, is one.",
        };
        option.AcceptOnlyFromAmong(Yes, No);
        return option;
    }
}
