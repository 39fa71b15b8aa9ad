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
        ImmutableArray<string> names = distinct.All(n => int.TryParse(n, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            ? [.. distinct.OrderBy(n => int.Parse(n, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))]
            : [.. distinct.Order(StringComparer.Ordinal)];
        if (names.Length > MaxClasses)
        {
            throw new InvalidDataException($"{source}: there are {names.Length} classes; expected {MaxClasses} at most.");
        }
        Dictionary<string, byte> labels = names.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => (byte)p.i, StringComparer.Ordinal);
        return (names, [.. classes.Select(c => labels[c])]);
    }
}
