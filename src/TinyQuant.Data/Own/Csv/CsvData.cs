using System.Globalization;
using System.Text;
using nietras.SeparatedValues;

namespace TinyQuant.Data;

/// <summary>
/// A CSV file (RFC 4180, and with semicolons, tabs or bars) of a class and values in each line. Where all values are
/// integers from 0 to 255 they are the pixels of images, row by row, square ones or of one row where the length is no
/// square; else they are real numbers.
/// </summary>
internal sealed class CsvData
{
    /// <summary>So many lines decide about heading and columns.</summary>
    private const int SampleLines = 100;
    private const int SampleFields = 1 << 20;

    /// <summary>
    /// Characters of a line that is read whatever it has: the library enlarges its buffer as fields come, up to
    /// <see cref="MaxLongestLine"/> (Sep's <c>RowLengthMax</c>), so that lines of many fields end earlier.
    /// </summary>
    public const int MaxLine = 1 << 21;

    /// <summary>Characters of the longest line, of few fields.</summary>
    public const int MaxLongestLine = 1 << 24;

    private readonly string _path;
    private readonly ClassList _classes;
    private readonly CsvValues _values;

    private CsvData(string path, char separator, CsvLayout layout)
    {
        (_path, Separator, Layout) = (path, separator, layout);
        _values = new CsvValues(path, layout, separator);
        _classes = new ClassList(path);
    }

    /// <summary>Which column has what.</summary>
    public CsvLayout Layout { get; }

    /// <summary>Whether all values can be pixels.</summary>
    public bool HoldsPixels => _values.HoldsPixels;

    /// <summary>What was found out about the file, for people to read; null for nothing that is worth it.</summary>
    public string? Note { get; private set; }

    private char Separator { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What the user says about it.</param>
    /// <param name="like">The file of the other half, whose columns this one has to have; null for none.</param>
    /// <exception cref="InvalidDataException">A line is wrong; the message names file, line and column.</exception>
    public static CsvData Read(string path, OwnDataOptions options, CsvData? like = null)
    {
        int line = 0;
        int sampled = 0; // fields
        try
        {
            using StreamReader text = CsvText.Open(path, out int blank);
            using SepReader reader = Sep.Reader(o =>
                o with { HasHeader = false, DisableColCountCheck = true, Unescape = true, Trim = SepTrim.All }).From(
                text);
            char separator = reader.Spec.Sep.Separator;
            List<(int Line, string[] Fields)> sample = [];
            CsvData? data = null;
            foreach (SepReader.Row row in reader)
            {
                // without a heading the library counts the first row twice
                line = blank + (line == 0 ? 1 : row.LineNumberFrom);
                RequireText(path, line, row.Span);
                if (row.ColCount == 1 && row[0].Span.Trim().IsEmpty)
                {
                    continue;
                }

                if (data is null)
                {
                    sample.Add((line, Fields(row)));
                    sampled += row.ColCount; // of each line: the first may be a short one
                    data = sample.Count == SampleLines || sampled > SampleFields
                        ? Begin(new CsvSample(path, separator, sample), options, like)
                        : null;
                    continue;
                }

                data.Add(row, line);
            }

            data ??= sample.Count > 0 ? Begin(new CsvSample(path, separator, sample), options, like) : null;
            return data is { _classes.Count: > 0 }
                ? data.Finish(sample)
                : throw new InvalidDataException(
                    $"{path}: there are no examples in it; expected lines of a class and values, with commas, "
                        + "semicolons or tabs between them.");
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException(
                Invariant($"{path}: behind line {line} there are bytes that are no UTF-8; expected text in UTF-8, ")
                    + "or in UTF-16 with a byte order mark.", e);
        }
        catch (NotSupportedException e)
        {
            // A quote that is not closed ends there, too.
            throw new InvalidDataException(
                Invariant($"{path}: behind line {line} a line is too long, or a quote in it is never closed; ")
                    + Invariant($"expected at most {MaxLine} characters in a line, and {MaxLongestLine} in one of ")
                    + "few fields.", e);
        }
    }

    /// <summary>The examples, as images or as real numbers.</summary>
    public NamedExamples ToExamples(string name, bool asPixels)
    {
        (var names, byte[] labels) = _classes.Label();
        int length = Layout.Values;
        if (!asPixels)
        {
            return new NamedExamples(new LabelledVectors(name, length, _values.Reals(), labels), names);
        }

        int side = (int)Math.Round(Math.Sqrt(length));
        (int rows, int columns) = side * side == length ? (side, side) : (1, length);
        return new NamedExamples(new LabelledImages(name, rows, columns, _values.Pixels(), labels), names);
    }

    private static CsvData Begin(CsvSample sample, OwnDataOptions options, CsvData? like)
    {
        var data = new CsvData(sample.Path, sample.Separator, CsvLayout.Find(sample, options, like?.Layout));
        foreach ((int line, string[] fields) in sample.Lines.Skip(data.Layout.Names.IsEmpty ? 0 : 1))
        {
            data.RequireColumns(fields.Length, line);
            for (int c = 0; c < fields.Length; c++)
            {
                data.Add(fields[c], c, line);
            }
        }

        return data;
    }

    private CsvData Finish(List<(int Line, string[] Fields)> sample)
    {
        string[][] body = [.. sample.Skip(Layout.Names.IsEmpty ? 0 : 1).Select(l => l.Fields)];
        IEnumerable<int> counters = Enumerable.Range(0, Layout.Columns)
            .Where(c => c != Layout.ClassColumn && c != Layout.IndexColumn && CsvHeading.Counts(body, c));
        Note = Layout.Describe(_path, Separator, _values.HasDecimalCommas, counters);
        return this;
    }

    private void Add(SepReader.Row row, int line)
    {
        RequireColumns(row.ColCount, line);
        for (int c = 0; c < row.ColCount; c++)
        {
            Add(row[c].Span, c, line);
        }
    }

    private void Add(ReadOnlySpan<char> field, int column, int line)
    {
        if (column == Layout.ClassColumn)
        {
            _classes.Add(ClassName(field.Trim(), line));
        }
        else if (column != Layout.IndexColumn)
        {
            _values.Add(field, line, column);
        }
    }

    private void RequireColumns(int count, int line)
    {
        if (count != Layout.Columns)
        {
            throw new InvalidDataException(
                Invariant($"{_path}({line}): there ")
                    + Invariant($"{(count == 1 ? "is 1 field" : Invariant($"are {count} fields"))}; expected ")
                    + Invariant($"{Layout.Columns}, as in line {Layout.FirstLine}."));
        }
    }

    /// <summary>Integers that pandas wrote as reals, since a value was missing once, are integers.</summary>
    private ReadOnlySpan<char> ClassName(ReadOnlySpan<char> field, int line)
    {
        if (field.IsEmpty || field.Equals("nan", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidDataException(
                Invariant($"{_path}({line}): {Layout.Column(Layout.ClassColumn)} has no class; expected a name or ")
                    + "an integer.");
        }

        if (!field.Contains('.')
            || !double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            return field;
        }

        return double.IsInteger(number) && Math.Abs(number) < int.MaxValue
            ? ((int)number).ToString(CultureInfo.InvariantCulture)
            : throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{_path}({line}): {Layout.Column(Layout.ClassColumn)} is '{ClassNames.Cut(field)}'; expected a class, a name or an integer. ")
                + "Which column has it, --class-column says: a name, a number, first or last.");
    }

    private static void RequireText(string path, int line, ReadOnlySpan<char> row)
    {
        if (row.Contains('\0'))
        {
            throw new InvalidDataException(
                Invariant($"{path}({line}): there is a zero byte in it; expected text in UTF-8, or in UTF-16 with ")
                    + "a byte order mark.");
        }

        if (int.IsOddInteger(row.Count('"')))
        {
            throw new InvalidDataException(
                Invariant($"{path}({line}): a quote is not closed; expected two around a field, and two for one ")
                    + "inside of it.");
        }
    }

    private static string[] Fields(SepReader.Row row)
    {
        string[] fields = new string[row.ColCount];
        for (int c = 0; c < fields.Length; c++)
        {
            fields[c] = new string(row[c].Span.Trim());
        }

        return fields;
    }
}
