using System.Collections.Immutable;
using System.Globalization;

namespace TinyQuant.Training.Data;

/// <summary>Examples with the names of their classes.</summary>
/// <param name="Examples">The examples.</param>
/// <param name="ClassNames">The name of each class, in the order of the labels.</param>
internal sealed record NamedExamples(LabelledExamples Examples, ImmutableArray<string> ClassNames)
{
    /// <summary>The most classes that a label can tell apart.</summary>
    private const int MaxClasses = 256;

    /// <summary>Gives each name a label: in the order of numbers where all are, else of letters.</summary>
    /// <exception cref="InvalidDataException">There are more than labels can tell apart.</exception>
    public static (ImmutableArray<string> Names, byte[] Labels) Label(IReadOnlyList<string> classes, string source)
    {
        IEnumerable<string> distinct = classes.Distinct(StringComparer.Ordinal);
        bool areNumbers = distinct.All(n => CsvField.IsInteger(n, out _));
        ImmutableArray<string> names = areNumbers
            ? [.. distinct.OrderBy(n => int.Parse(n, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)).ThenBy(n => n, StringComparer.Ordinal)]
            : [.. distinct.Order(StringComparer.Ordinal)];
        if (names.Length > MaxClasses)
        {
            throw new InvalidDataException($"{source}: there are {names.Length} classes, {Training.Data.ClassNames.List(names)}; expected {MaxClasses} at most. "
                + "Which column of a CSV file has the class, --class-column says.");
        }
        Dictionary<string, byte> labels = names.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => (byte)p.i, StringComparer.Ordinal);
        return (names, [.. classes.Select(c => labels[c])]);
    }
}
