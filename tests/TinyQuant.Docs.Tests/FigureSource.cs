using System.Globalization;
using System.Text.RegularExpressions;

namespace TinyQuant.Docs.Tests;

/// <summary>A file that figures come from. Of a model file its metrics and notes count, not its weights.</summary>
internal sealed partial class FigureSource(string name, string text)
{
    private readonly decimal[] _numbers = [
        .. Number().Matches(name.EndsWith(".tqm", StringComparison.Ordinal) ? Statements(text) : text)
        .Select(m => Parse(m.Value)).Distinct()];

    /// <summary>
    /// Whether it has the number, as it is, in hundredths or of hundredths, perhaps with more digits.
    /// </summary>
    public bool Has(string figure)
    {
        decimal wanted = Parse(figure);
        int digits = figure.Contains('.', StringComparison.Ordinal)
            ? figure.Length - figure.IndexOf('.', StringComparison.Ordinal) - 1
            : 0;
        return _numbers.Any(n =>
            Rounded(n, digits) == wanted || Rounded(n * 100, digits) == wanted || Rounded(n / 100, digits) == wanted);
    }

    public override string ToString() => name;

    /// <summary>Numbers with commas between thousands or without.</summary>
    [GeneratedRegex(@"(?<![\w.])\d[\d,]*(?:\.\d+)?(?:e[-+]\d+)?", RegexOptions.IgnoreCase)]
    public static partial Regex Number();

    private static decimal Parse(string number) =>
        decimal.TryParse(number.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float,
            CultureInfo.InvariantCulture, out decimal value)
            ? value
            : -1;

    private static decimal Rounded(decimal number, int digits) =>
        Math.Round(number, digits, MidpointRounding.AwayFromZero);

    private static string Statements(string text) =>
        string.Join('\n',
            text.Split('\n').Where(l =>
                l.StartsWith("metric ", StringComparison.Ordinal) || l.StartsWith("note ", StringComparison.Ordinal)));
}
