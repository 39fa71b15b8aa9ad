using System.Globalization;

namespace TinyQuant.Training.Data;

/// <summary>
/// Lines of a class and then values, with commas. Where all values are integers from 0 to 255 they are the pixels of images, row by
/// row, square ones or of one row where the length is no square; else they are real numbers. A first line whose second field is no
/// number is a heading.
/// </summary>
internal sealed class CsvData
{
    private readonly string _path;
    private readonly List<string> _classes = [];
    private readonly List<byte> _pixels = [];
    private List<float>? _reals; // from the first value on that is no pixel
    private int _length;

    private CsvData(string path) => _path = path;

    /// <summary>Whether all values can be pixels.</summary>
    public bool HoldsPixels => _reals is null;

    public static CsvData Read(string path)
    {
        var data = new CsvData(path);
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            string[] fields = line.Split(',');
            if (line.Length == 0 || (number == 1 && fields.Length > 1 && !double.TryParse(fields[1], CultureInfo.InvariantCulture, out _)))
            {
                continue;
            }
            data.Add(fields, number);
        }
        return data._classes.Count > 0
            ? data
            : throw new InvalidDataException($"{path}: there are no examples in it; expected lines of a class and values, with commas.");
    }

    /// <summary>The examples, as images or as real numbers.</summary>
    public NamedExamples ToExamples(string name, bool asPixels)
    {
        (var names, byte[] labels) = NamedExamples.Label(_classes, _path);
        if (!asPixels)
        {
            return new NamedExamples(new LabelledVectors(name, _length, (_reals ?? Reals()).ToArray(), labels), names);
        }
        int side = (int)Math.Round(Math.Sqrt(_length));
        (int rows, int columns) = side * side == _length ? (side, side) : (1, _length);
        return new NamedExamples(new LabelledImages(name, rows, columns, _pixels.ToArray(), labels), names);
    }

    private void Add(string[] fields, int line)
    {
        _length = _length == 0 ? fields.Length - 1 : _length;
        if (fields.Length < 2 || fields.Length - 1 != _length)
        {
            throw new InvalidDataException(Invariant($"{_path}({line}): there are {fields.Length - 1} values behind the class; expected {Math.Max(1, _length)}."));
        }
        _classes.Add(fields[0].Trim().Trim('"'));
        for (int i = 1; i < fields.Length; i++)
        {
            ReadOnlySpan<char> field = fields[i].AsSpan().Trim();
            if (_reals is null && byte.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out byte pixel))
            {
                _pixels.Add(pixel);
                continue;
            }
            _reals ??= Reals();
            _reals.Add(float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value)
                ? value
                : throw new InvalidDataException(Invariant($"{_path}({line}): field {i + 1} is '{field.ToString()}'; expected a number, with a point for decimals.")));
        }
    }

    private List<float> Reals() => [.. _pixels.Select(p => (float)p)];
}
