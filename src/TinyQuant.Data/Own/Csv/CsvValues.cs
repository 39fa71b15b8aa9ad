using System.Buffers;
using System.Globalization;

namespace TinyQuant.Data;

/// <summary>
/// Reads the numbers of a CSV file: pixels as long as all are integers from 0 to 255, else real numbers.
/// </summary>
/// <param name="path">The file, for messages.</param>
/// <param name="layout">Its columns.</param>
/// <param name="separator">What stands between fields; a comma is no decimal one where it is that.</param>
internal sealed class CsvValues(string path, CsvLayout layout, char separator)
{
    /// <summary>As reals they take a gigabyte.</summary>
    public const int MaxValues = 1 << 28;

    private readonly ArrayBufferWriter<byte> _pixels = new();
    private ArrayBufferWriter<float>? _reals; // from the first value on that is no pixel
    private int _commaLine; // the first line with a decimal comma
    private int _pointLine; // and with a point

    /// <summary>Whether all values can be pixels.</summary>
    public bool HoldsPixels => _reals is null;

    /// <summary>Whether commas were read as decimal points.</summary>
    public bool HasDecimalCommas => _commaLine > 0;

    public ReadOnlyMemory<byte> Pixels() => _pixels.WrittenMemory;

    public ReadOnlyMemory<float> Reals() => (_reals ?? Converted()).WrittenMemory;

    /// <summary>Reads a field.</summary>
    /// <param name="field">The field, without quotes.</param>
    /// <param name="line">Where it is, for messages.</param>
    /// <param name="column">Where in the line, from 0.</param>
    /// <exception cref="InvalidDataException">It is no finite number.</exception>
    public void Add(ReadOnlySpan<char> field, int line, int column)
    {
        field = field.Trim();
        if (_reals is null && byte.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out byte pixel))
        {
            Add(_pixels, pixel, line);
            return;
        }

        float value = Read(field, line, column);
        if (_reals is null)
        {
            _reals = Converted();
            _pixels.Clear();
        }

        Add(_reals, value, line);
    }

    private float Read(ReadOnlySpan<char> field, int line, int column)
    {
        bool hasComma = separator != ',' && CsvField.TryReadDecimalComma(field, out _);
        float value = 0;
        bool isNumber = hasComma
            ? CsvField.TryReadDecimalComma(field, out value)
            : float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        if (!isNumber || !float.IsFinite(value))
        {
            throw Wrong(field, isNumber, line, column);
        }

        if (hasComma)
        {
            RequireOneSign(field, line, column, ref _commaLine, _pointLine);
        }
        else if (field.Contains('.'))
        {
            RequireOneSign(field, line, column, ref _pointLine, _commaLine);
        }

        return value;
    }

    /// <summary>A file with both has thousands that are set off by one of them, or lines of two origins.</summary>
    private void RequireOneSign(ReadOnlySpan<char> field, int line, int column, ref int first, int other)
    {
        first = first == 0 ? line : first;
        if (other > 0)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{Place(line, column)} is '{ClassNames.Cut(field)}'; expected the same sign for decimals as in line {other}, and nothing between thousands."));
        }
    }

    private InvalidDataException Wrong(ReadOnlySpan<char> field, bool isNumber, int line, int column)
    {
        string place = Place(line, column);
        return new InvalidDataException(
            CsvField.IsMissing(field)
                ? $"{place} has no value{(field.IsEmpty ? "" : $" but '{ClassNames.Cut(field)}'")}; expected a number. "
                + "Leave such lines out, or put in a value such as the column's median."
            : isNumber || CsvField.IsInfinite(field)
                ? $"{place} is '{ClassNames.Cut(field)}', which is not finite; expected a number that float32 can "
                    + "hold, up to 3.4e38."
            : field.Contains(',')
                ? $"{place} is '{ClassNames.Cut(field)}'; expected a number with a point for decimals and nothing "
                    + "between thousands."
            : $"{place} is '{ClassNames.Cut(field)}'; expected a number, with a point for decimals. If it is the "
                + "class, say so with --class-column.");
    }

    private void Add<T>(ArrayBufferWriter<T> values, T value, int line)
    {
        if (values.WrittenCount >= MaxValues)
        {
            throw new InvalidDataException(
                Invariant($"{path}({line}): there are more than {MaxValues} values; expected at most so many."));
        }

        values.GetSpan(1)[0] = value;
        values.Advance(1);
    }

    private string Place(int line, int column) => Invariant($"{path}({line}): {layout.Column(column)}");

    private ArrayBufferWriter<float> Converted()
    {
        var reals = new ArrayBufferWriter<float>(Math.Max(1, _pixels.WrittenCount));
        foreach (byte pixel in _pixels.WrittenSpan)
        {
            reals.GetSpan(1)[0] = pixel;
            reals.Advance(1);
        }

        return reals;
    }
}
