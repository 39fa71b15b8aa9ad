using System.Text.RegularExpressions;
using TinyQuant.Tests;

namespace TinyQuant.Docs.Tests;

/// <summary>Blocks of text between empty lines, with the figures in them.</summary>
internal static partial class Figures
{
    private static readonly string[] s_pages = ["README.md", "docs/", "samples/", "weights/README.md"];

    public static IEnumerable<FigureBlock> Blocks()
    {
        var sources = new Dictionary<string, FigureSource>();
        foreach (Page page in Page.All.Where(p => s_pages.Any(s => p.Name.StartsWith(s, StringComparison.Ordinal))))
        {
            // A mark counts for what follows it, up to the next empty line but one: a paragraph and its table.
            string[] blocks = Fence().Replace(page.Text, m => new string('\n', m.Value.Count(c => c == '\n')))
                .Split("\n\n");
            int line = 1;
            foreach (string block in blocks)
            {
                Match mark = Mark().Match(block);
                FigureSource[] from = [
                    .. mark.Success
                        ? mark.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Source)
                        : []];
                yield return new FigureBlock($"{page.Name}:{line}", from,
                    mark.Success ? block.Replace(mark.Value, "", StringComparison.Ordinal) : block);
                line += block.Count(c => c == '\n') + 2;
            }
        }

        FigureSource Source(string path) => sources.TryGetValue(path, out FigureSource? known) ? known
            : sources[path] = new FigureSource(path, File.ReadAllText(Repository.File(path)));
    }

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("<!-- figures: (.*?) -->")]
    private static partial Regex Mark();
}

/// <summary>A block of text.</summary>
/// <param name="Where">Page and line.</param>
/// <param name="Sources">The files that its figures come from; empty where it names none.</param>
/// <param name="Text">The text.</param>
internal sealed partial record FigureBlock(string Where, IReadOnlyList<FigureSource> Sources, string Text)
{
    /// <summary>What only a measurement can say: times, ratios of times, accuracies.</summary>
    public IEnumerable<string> Measured => MeasuredKind().Matches(InlineCode().Replace(Text, "")).Select(m => m.Value);

    /// <summary>
    /// All numbers of a table but those of its headings and first column, and all measured ones of a text.
    /// </summary>
    public IEnumerable<string> Figures =>
        Rows().Concat(Measured.Select(m => FigureSource.Number().Match(m).Value)).Distinct();

    private IEnumerable<string> Rows() =>
        from row in Text.Split('\n').Where(l => l.StartsWith('|')).Skip(2)
        from number in FigureSource.Number().Matches(InlineCode().Replace(row[(row.IndexOf('|', 1) + 1)..], ""))
        select number.Value;

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"(?<![\w.])\d[\d,]*(?:\.\d+)?(?:(?<=\.\d+)x\b| times| ?(?:ns|µs|ms|GMAC/s)\b| points\b)|(?<![\w.])\d+\.\d+ (?:%|MB|KB)")]
    private static partial Regex MeasuredKind();
}
