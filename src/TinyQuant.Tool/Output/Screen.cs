using System.Globalization;
using Spectre.Console;
using TinyQuant.Model;

namespace TinyQuant.Tool.Output;

/// <summary>
/// All that the command says goes through here, so that a name from a model, a data set or a path cannot write a line
/// of its own, or move the cursor: BannedSymbols.Tool.txt keeps other ways shut.
/// </summary>
internal static class Screen
{
#pragma warning disable RS0030 // this is where it comes out
    /// <summary>Where output goes to a file, a pipe or a build server, text is looked through a last time.</summary>
    public static void Guard()
    {
        if (Console.IsOutputRedirected)
        {
            Console.SetOut(new RedirectedWriter(Console.Out));
        }

        if (Console.IsErrorRedirected)
        {
            Console.SetError(new RedirectedWriter(Console.Error));
        }
    }

    /// <summary>A line of Spectre's markup, with values in it that are text, in no culture.</summary>
    public static void Line(FormattableString markup)
    {
        object?[] values = [.. markup.GetArguments().Select(v => v is string text ? AsMarkup(text) : v)];
        AnsiConsole.MarkupLine(Printable.Text(string.Format(CultureInfo.InvariantCulture, markup.Format, values)));
    }

    /// <summary>A line of text, neither broken nor coloured.</summary>
    public static void Plain(string line) => Console.Out.WriteLine(Printable.Text(line));

    /// <summary>Several lines of our own.</summary>
    public static void Drawing(string lines) => AnsiConsole.WriteLine(lines);

    /// <summary>Text as markup that shows it, for cells, headings and titles.</summary>
    public static string Cell(string text) => AsMarkup(Printable.Text(text));

    /// <summary>A line on the error stream.</summary>
    public static void Error(string message) => Console.Error.WriteLine("tinyquant: " + Printable.Text(message));

    /// <summary>What to know about a command's result, on the error stream: the result itself may be piped.</summary>
    public static void Notice(string text) => Console.Error.WriteLine("tinyquant: note: " + Printable.Text(text));

    /// <summary>A line below that, such as an item of a list.</summary>
    public static void More(string line) => Console.Error.WriteLine("  " + Printable.Text(line));

    /// <summary>Spectre shows <c>:warning:</c> as a pictogram, for which its markup has no escape.</summary>
    private static string AsMarkup(string text) =>
        Markup.Escape(Emoji.Replace(text) == text ? text : text.Replace(":", "\\u003a", StringComparison.Ordinal));
#pragma warning restore RS0030
}
