using System.Collections.Immutable;
using System.Globalization;

namespace TinyQuant.Data;

/// <summary>Names of classes, for messages and as numbers.</summary>
internal static class ClassNames
{
    private const int Shown = 12;
    private const int ShownCharacters = 100;

    /// <summary>The classes of written digits.</summary>
    public static ImmutableArray<string> Digits { get; } = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    /// <summary>The first names, and how many there are beyond.</summary>
    public static string List(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(Shown).Select(name => Cut(name)))
        + (names.Count > Shown ? Invariant($" and {names.Count - Shown} more") : "");

    /// <summary>
    /// The start of a text out of a file, for a message: a field of a CSV file may have millions of characters.
    /// </summary>
    public static string Cut(ReadOnlySpan<char> text) =>
        text.Length > ShownCharacters ? $"{text[..ShownCharacters]}..." : new string(text);

    /// <summary>The order of classes: that of numbers where all are, else of letters.</summary>
    /// <param name="names">Each once, at most 256.</param>
    /// <returns>The names in order, and the place of each of <paramref name="names"/> in it.</returns>
    public static (ImmutableArray<string> Names, byte[] Places) InOrder(IReadOnlyList<string> names)
    {
        int Number(int i) => int.Parse(names[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        IEnumerable<int> all = Enumerable.Range(0, names.Count);
        int[] order = names.All(n => IntegerText.TryRead(n, out _))
            ? [.. all.OrderBy(Number).ThenBy(i => names[i], StringComparer.Ordinal)]
            : [.. all.OrderBy(i => names[i], StringComparer.Ordinal)];
        byte[] places = new byte[names.Count];
        for (int i = 0; i < order.Length; i++)
        {
            places[order[i]] = (byte)i;
        }

        return ([.. order.Select(i => names[i])], places);
    }

    /// <summary>The numbers that all names are; null where one is none.</summary>
    public static int[]? Numbers(ImmutableArray<string> names)
    {
        int[] numbers = new int[names.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!int.TryParse(names[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return null;
            }
        }

        return numbers;
    }
}
