using System.Collections.Immutable;

namespace TinyQuant.Data;

/// <summary>The first lines of a CSV file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Separator">What stands between fields.</param>
/// <param name="Lines">Line numbers, from 1, and fields; at least one.</param>
internal sealed record CsvSample(string Path, char Separator, IReadOnlyList<(int Line, string[] Fields)> Lines);

/// <summary>Which line of a CSV file is a heading, and which column has what.</summary>
/// <param name="Names">The heading; empty for none.</param>
/// <param name="Columns">How many fields a line has.</param>
/// <param name="ClassColumn">The column of the class, from 0.</param>
/// <param name="IndexColumn">A column of row numbers, which is left out; -1 for none.</param>
/// <param name="FirstLine">The number of the first line, for messages about the others.</param>
internal sealed record CsvLayout(
    ImmutableArray<string> Names, int Columns, int ClassColumn, int IndexColumn, int FirstLine)
{
    private static readonly string[] s_classNames = ["class", "label", "target", "species", "category", "y"];

    /// <summary>Values of an example.</summary>
    public int Values => Columns - 1 - (IndexColumn < 0 ? 0 : 1);

    /// <summary>Finds it.</summary>
    /// <param name="sample">The first lines.</param>
    /// <param name="options">What the user says about it.</param>
    /// <param name="like">The layout of the file of the other half, whose columns these have to be; null for
    /// none.</param>
    /// <exception cref="InvalidDataException">It has no such column, or other ones.</exception>
    public static CsvLayout Find(CsvSample sample, OwnDataOptions options, CsvLayout? like)
    {
        (int first, string[] line) = sample.Lines[0];
        if (line.Length < 2)
        {
            throw new InvalidDataException(
                Invariant($"{sample.Path}({first}): there is one field; expected a class and values, with commas, ")
                    + "semicolons or tabs between them.");
        }

        bool hasHeading = options.HasHeading ?? CsvHeading.IsHeading(sample);
        ImmutableArray<string> names = hasHeading ? [.. line] : [];
        string[][] body = [
            .. sample.Lines.Skip(hasHeading ? 1 : 0).Select(l => l.Fields).Where(f => f.Length == line.Length)];
        var layout = new CsvLayout(names, line.Length, -1, -1, first);
        if (like is not null)
        {
            layout.RequireLike(sample, like);
            return layout with { ClassColumn = like.ClassColumn, IndexColumn = like.IndexColumn };
        }

        int given = options.ClassColumn is { } wanted ? layout.Named(wanted, sample.Path) : -1;
        int index = hasHeading && line.Length > 2 && given != 0 && CsvHeading.IsIndex(line[0]) ? 0 : -1;
        int chosen = given >= 0 ? given : layout.Choose(body, index);
        layout = layout with { ClassColumn = chosen, IndexColumn = index };
        return layout.Values > 0
            ? layout
            : throw new InvalidDataException(
                Invariant($"{sample.Path}({first}): there is one field beside row numbers; expected a class and ")
                    + "values.");
    }

    /// <summary>
    /// What was found out, for people to read; null where it is the plain form: a class and values with commas.
    /// </summary>
    public string? Describe(string path, char separator, bool hasDecimalCommas, IEnumerable<int> counters)
    {
        List<string> parts = [];
        if (!Names.IsEmpty)
        {
            parts.Add(Invariant($"took line {FirstLine} for a heading"));
        }

        if (ClassColumn != 0 || Names.Length > 0)
        {
            parts.Add($"took {Column(ClassColumn)} for the class");
        }

        if (IndexColumn >= 0)
        {
            parts.Add($"left out {Column(IndexColumn)}, row numbers");
        }

        if (separator != ',')
        {
            parts.Add(
                separator switch { ';' => "read semicolons", '\t' => "read tabs", _ => $"read '{separator}'" }
                    + " as separators");
        }

        if (hasDecimalCommas)
        {
            parts.Add("read commas as decimal points");
        }

        parts.AddRange(
            counters.Select(c => $"{Column(c)} counts the lines: take it out of the file if it is no value"));
        return parts.Count == 0 ? null : $"{path}: {string.Join("; ", parts)}.";
    }

    /// <summary>A column, for people to read.</summary>
    public string Column(int index) =>
        Invariant($"column {index + 1}")
            + (Names.IsEmpty || Names[index].Length == 0 ? "" : $" ('{ClassNames.Cut(Names[index])}')");

    private int Named(string wanted, string path)
    {
        int named = Names.IndexOf(wanted);
        return named >= 0 ? named
            : wanted == "first" ? 0
            : wanted == "last" ? Columns - 1
            : IntegerText.TryRead(wanted, out int number) && number >= 1 && number <= Columns ? number - 1
            : throw new InvalidDataException(
                Invariant($"{path}: there is no column '{wanted}' for the class; expected first, last, a number ")
                    + Invariant($"from 1 to {Columns}")
                + (Names.IsEmpty ? "." : $", or one of {ClassNames.List(Names)}."));
    }

    private int Choose(string[][] body, int index)
    {
        int[] columns = [.. Enumerable.Range(0, Columns).Where(c => c != index)];
        int[] texts = [.. columns.Where(c => CsvHeading.IsText(body, c))];
        if (texts.Length == 1)
        {
            return texts[0];
        }

        int[] named = [
            .. (texts.Length > 1 ? texts : columns).Where(c =>
                !Names.IsEmpty && s_classNames.Contains(Names[c], StringComparer.OrdinalIgnoreCase))];
        if (named.Length == 1)
        {
            return named[0];
        }

        int first = columns[0], last = columns[^1];
        return texts.Length > 1 ? (texts.Contains(first) || !texts.Contains(last) ? first : last)
            : CsvHeading.AreIntegers(body, last)
                && (!CsvHeading.AreIntegers(body, first) || CsvHeading.Counts(body, first))
                ? last
            : first;
    }

    private void RequireLike(CsvSample sample, CsvLayout other)
    {
        if (Columns != other.Columns)
        {
            throw new InvalidDataException(
                Invariant($"{sample.Path}({FirstLine}): there are {Columns} fields; expected {other.Columns}, as ")
                    + "in the examples to train on.");
        }

        int differing = Names.IsEmpty || other.Names.IsEmpty
            ? -1
            : Enumerable.Range(0, Columns).FirstOrDefault(c => Names[c] != other.Names[c], -1);
        if (differing >= 0)
        {
            throw new InvalidDataException(
                Invariant($"{sample.Path}({FirstLine}): column {differing + 1} is ")
                    + Invariant($"'{ClassNames.Cut(Names[differing])}'; expected ")
                    + Invariant($"'{ClassNames.Cut(other.Names[differing])}', as in the examples to train on."));
        }
    }
}
