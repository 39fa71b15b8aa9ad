using System.Globalization;

namespace TinyQuant.Data;

/// <summary>What a field of a CSV file can be.</summary>
internal enum CsvKind
{
    /// <summary>Nothing, or a word for it.</summary>
    Missing,

    /// <summary>A number, finite or not.</summary>
    Number,

    /// <summary>Anything else.</summary>
    Text,
}

/// <summary>Tells what a field is.</summary>
internal static class CsvField
{
    private const int MaxLength = 64; // of a number with a decimal comma

    // What pandas and R write or read where there is no value; compared without regard to case.
    private static readonly string[] s_missing = ["nan", "na", "n/a", "#n/a", "<na>", "null", "none", "?", "-"];

    public static CsvKind KindOf(ReadOnlySpan<char> field)
    {
        field = field.Trim();
        return IsMissing(field) ? CsvKind.Missing : IsNumber(field) ? CsvKind.Number : CsvKind.Text;
    }

    public static bool IsMissing(ReadOnlySpan<char> field)
    {
        field = field.Trim();
        if (field.IsEmpty)
        {
            return true;
        }

        foreach (string word in s_missing)
        {
            if (field.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A word for a number that is too large: 1 / 0 in most languages.</summary>
    public static bool IsInfinite(ReadOnlySpan<char> field)
    {
        ReadOnlySpan<char> word = field.Trim().TrimStart("+-");
        return word.Equals("inf", StringComparison.OrdinalIgnoreCase)
            || word.Equals("infinity", StringComparison.OrdinalIgnoreCase) || word is "∞";
    }

    /// <summary>Digits, a comma, digits: one and a half in half of Europe.</summary>
    public static bool TryReadDecimalComma(ReadOnlySpan<char> field, out float value)
    {
        value = 0;
        int comma = field.IndexOf(',');
        Span<char> changed = stackalloc char[MaxLength];
        if (comma < 0 || field.Length > MaxLength || field.Contains('.') || field[(comma + 1)..].Contains(','))
        {
            return false;
        }

        field.CopyTo(changed);
        changed[comma] = '.';
        return float.TryParse(changed[..field.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static bool IsNumber(ReadOnlySpan<char> field) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _) || IsInfinite(field)
            || TryReadDecimalComma(field, out _);
}
