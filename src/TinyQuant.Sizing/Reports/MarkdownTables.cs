using System.Globalization;

namespace TinyQuant.Sizing.Reports;

/// <summary>A figure in a page of documentation.</summary>
/// <param name="Heading">The heading above its table.</param>
/// <param name="Row">The first cell of its row.</param>
/// <param name="Column">The heading of its column; for a column called "added", with that of the column before.</param>
internal sealed record FigurePlace(string Heading, string Row, string Column);

/// <summary>The figures in the tables of a page.</summary>
internal static class MarkdownTables
{
    private const string Dependent = "added";

    /// <summary>Every cell that is an integer, by its place.</summary>
    public static Dictionary<FigurePlace, long> Read(string markdown)
    {
        var figures = new Dictionary<FigurePlace, long>();
        string heading = "";
        string[]? columns = null;
        foreach (string line in markdown.Split('\n').Select(l => l.Trim()))
        {
            if (line.StartsWith('#'))
            {
                heading = line.TrimStart('#').Trim();
            }

            if (!line.StartsWith('|'))
            {
                columns = null;
                continue;
            }

            string[] cells = [.. line.Trim('|').Split('|').Select(c => c.Trim())];
            if (columns is null)
            {
                columns = [.. cells.Select((c, i) => c == Dependent ? $"{cells[i - 1]} {c}" : c)];
                continue;
            }

            for (int i = 1; i < Math.Min(cells.Length, columns.Length); i++)
            {
                if (long.TryParse(cells[i], NumberStyles.AllowThousands | NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture, out long value))
                {
                    figures[new FigurePlace(heading, cells[0], columns[i])] = value;
                }
            }
        }

        return figures;
    }
}
