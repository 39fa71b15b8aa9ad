namespace TinyQuant.Data;

/// <summary>Whether the first line of a CSV file is one of names, and what the columns below it look like.</summary>
internal static class CsvHeading
{
    /// <summary>So few lines say nothing about whether a column counts them.</summary>
    private const int FewLines = 5;

    /// <summary>
    /// Whether the first line is a heading: all of its fields are text, or they are column numbers from 0 as pandas
    /// writes them where columns have no names, with a name for the class. The first field may be empty: the name of
    /// pandas' and R's row numbers. A value that is missing makes no heading.
    /// </summary>
    public static bool IsHeading(CsvSample sample)
    {
        string[] line = sample.Lines[0].Fields;
        bool isIndexed = line[0].Length == 0;
        var fields = line.Select((field, column) => (Field: field, Column: column, Kind: CsvField.KindOf(field)))
            .Skip(isIndexed ? 1 : 0).ToList();
        if (fields.Any(f => f.Kind == CsvKind.Missing))
        {
            return false;
        }

        var texts = fields.Where(f => f.Kind == CsvKind.Text).ToList();
        if (texts.Count == fields.Count)
        {
            return true;
        }

        string[] numbers = [.. fields.Where(f => f.Kind == CsvKind.Number).Select(f => f.Field)];
        return texts.Count == 0
            ? numbers.Length > (isIndexed ? 1 : 2) && AreConsecutive(numbers, 0)
            : numbers.Length > 1 && (AreConsecutive(numbers, 0) || AreConsecutive(numbers, 1))
                && texts.All(f => IsName(sample, f.Column));
    }

    /// <summary>
    /// Whether a column of this name has row numbers: pandas writes none, and reads none as <c>Unnamed: 0</c>.
    /// </summary>
    public static bool IsIndex(string name) => name.Length == 0 || name == "Unnamed: 0";

    /// <summary>Whether a column has text and no number.</summary>
    public static bool IsText(string[][] body, int column) =>
        body.Any(f => CsvField.KindOf(f[column]) == CsvKind.Text)
            && body.All(f => CsvField.KindOf(f[column]) != CsvKind.Number);

    /// <summary>Whether a column has integers alone.</summary>
    public static bool AreIntegers(string[][] body, int column) => body.All(f => IntegerText.TryRead(f[column], out _));

    /// <summary>Whether a column counts the lines.</summary>
    public static bool Counts(string[][] body, int column) =>
        body.Length >= FewLines && IntegerText.TryRead(body[0][column], out int first)
            && AreConsecutive([.. body.Select(f => f[column])], first);

    private static bool AreConsecutive(string[] fields, int first) =>
        fields.Select((field, i) => IntegerText.TryRead(field, out int value) && value == first + i).All(fits => fits);

    /// <summary>
    /// Whether the first field of a column names it and is no class: below it are numbers, or classes that all come
    /// again.
    /// </summary>
    private static bool IsName(CsvSample sample, int column)
    {
        string[] below = [.. sample.Lines.Skip(1).Where(l => column < l.Fields.Length).Select(l => l.Fields[column])];
        return below.Length > 0 && (below.All(f => CsvField.KindOf(f) == CsvKind.Number)
            || (!below.Contains(sample.Lines[0].Fields[column])
                && below.GroupBy(f => f, StringComparer.Ordinal).All(g => g.Count() > 1)));
    }
}
