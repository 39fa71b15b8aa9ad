using System.Globalization;

namespace TinyQuant.Sizing.Reports;

/// <summary>Whether a page has the figures that were measured.</summary>
public static class ReportCheck
{
    /// <summary>How far a figure may be off, as a fraction of the largest in its column.</summary>
    public const double Tolerance = 0.02;

    /// <summary>
    /// Compares the tables that were measured. A row that only one page has counts as zeros in the other.
    /// </summary>
    /// <param name="recorded">The page.</param>
    /// <param name="measured">A page of the new figures.</param>
    /// <returns>A sentence for each figure that is off, and how many were compared.</returns>
    /// <exception cref="InvalidDataException">The page has none of the tables.</exception>
    public static (IReadOnlyList<string> Deviations, int Compared) Compare(string recorded, string measured)
    {
        Dictionary<FigurePlace, long> before = MarkdownTables.Read(recorded);
        Dictionary<FigurePlace, long> now = MarkdownTables.Read(measured);
        var columns = now.Keys.Select(p => (p.Heading, p.Column)).ToHashSet();
        columns.IntersectWith(before.Keys.Select(p => (p.Heading, p.Column)));
        if (columns.Count == 0)
        {
            throw new InvalidDataException(
                "none of the tables that were measured is in the file to check; it must come from --output and be of "
                    + "the same models.");
        }

        var deviations = now.Keys.Select(p => (p.Heading, p.Column)).Distinct().Where(c => !columns.Contains(c))
            .Select(c => $"{c.Heading}: the file has no column '{c.Column}'").ToList();
        FigurePlace[] places = [.. before.Keys.Union(now.Keys).Where(p => columns.Contains((p.Heading, p.Column)))];
        var largest = places.GroupBy(p => (p.Heading, p.Column))
            .ToDictionary(g => g.Key, g => g.Max(p => Math.Abs(before.GetValueOrDefault(p))));
        foreach (FigurePlace place in places)
        {
            long was = before.GetValueOrDefault(place);
            long difference = now.GetValueOrDefault(place) - was;
            if (Math.Abs(difference) > Tolerance * largest[(place.Heading, place.Column)])
            {
                deviations.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{place.Heading}: {place.Row}, {place.Column}: {was:N0} in the file, {was + difference:N0} measured"));
            }
        }

        return (deviations, places.Length);
    }
}
