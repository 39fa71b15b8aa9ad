using System.Globalization;

namespace TinyQuant.Training.Data;

/// <summary>
/// Images as lines of a CSV file: the class and then the values, 0 to 255, row by row. A first line whose second field
/// is no number is a heading. Images are square, or one row where their length is no square.
/// </summary>
internal static class CsvImages
{
    public static NamedImages Read(string path, string name)
    {
        List<string> classes = [];
        List<byte> pixels = [];
        int length = 0;
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            string[] fields = line.Split(',');
            if (line.Length == 0 || (number == 1 && fields.Length > 1 && !double.TryParse(fields[1], CultureInfo.InvariantCulture, out _)))
            {
                continue;
            }
            length = length == 0 ? fields.Length - 1 : length;
            if (fields.Length < 2 || fields.Length - 1 != length)
            {
                throw Wrong(path, number, $"there are {fields.Length - 1} values behind the class; expected {Math.Max(1, length)}");
            }
            classes.Add(fields[0].Trim().Trim('"'));
            for (int i = 1; i < fields.Length; i++)
            {
                pixels.Add(byte.TryParse(fields[i].AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out byte value)
                    ? value
                    : throw Wrong(path, number, $"field {i + 1} is '{fields[i].Trim()}'; expected an integer from 0 to 255"));
            }
        }
        if (classes.Count == 0)
        {
            throw new InvalidDataException($"{path}: there are no images in it; expected lines of a class and values, with commas.");
        }
        (var names, byte[] labels) = NamedImages.Label(classes, path);
        int side = (int)Math.Round(Math.Sqrt(length));
        (int rows, int columns) = side * side == length ? (side, side) : (1, length);
        return new NamedImages(new LabelledImages(name, rows, columns, pixels.ToArray(), labels), names);
    }

    private static InvalidDataException Wrong(string path, int line, string what) => new($"{path}({line}): {what}.");
}
