using System.Collections.Immutable;
using System.Globalization;

namespace TinyQuant.Training.Data;

/// <summary>Names of classes, for messages and as numbers.</summary>
internal static class ClassNames
{
    private const int Shown = 12;

    /// <summary>The first names, and how many there are beyond.</summary>
    public static string List(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? Invariant($" and {names.Count - Shown} more") : "");

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
