using System.Globalization;
using System.Text.RegularExpressions;

namespace TinyQuant.Bench.Operators;

/// <summary>
/// A tensor of a row: <c>T[1024,16]c</c>. Q is int8, S int16, I int32, J int64, U uint32, V uint64, L bool, F float32,
/// R weights of int8, i int32 with a scale. T is the type of the row; t that with another scale, P that of positive
/// numbers, O that from 0 to 1, N that from -1 to 1; W its weights, B its biases, K its cells. c is a constant of
/// random numbers, k12 one of twelves, r6 one of 0, 6, 12, ..; v is a variable; * an own scale and zero point.
/// </summary>
internal sealed partial class RowTensor
{
    private const int Seed = 1;

    private readonly string _scale;
    private readonly bool _isPositive;
    private readonly char _use;
    private readonly int _step;

    private RowTensor(string name, string letters, char row)
    {
        Match match = Pattern.Match(letters);
        char letter = match.Groups["letter"].ValueSpan[0];
        Name = name;
        Letters = letters;
        (Type, ElementBytes, string scale) = Resolve(letter, row);
        string own = match.Groups["scale"].Value;
        _scale = own.Length > 0 && scale.Length > 0
            ? $" scale {own.Replace(",", " zero ", StringComparison.Ordinal)}"
            : scale;
        _isPositive = letter == 'P';
        string use = match.Groups["use"].Value;
        _use = use.Length > 0 ? use[0] : ' ';
        _step = use.Length > 1 ? int.Parse(use.AsSpan(1), CultureInfo.InvariantCulture) : 0;
        ShapeText = $"[{match.Groups["shape"].Value}]";
        ElementCount = match.Groups["shape"].Value.Split(',')
            .Aggregate(1, (product, size) => product * int.Parse(size, CultureInfo.InvariantCulture));
    }

    public string Name { get; }

    /// <summary>As the line has it.</summary>
    public string Letters { get; }

    /// <summary>As a model file has it.</summary>
    public string Type { get; }

    public string ShapeText { get; }

    /// <summary>Whether it is a constant or a variable.</summary>
    public bool IsKept => _use != ' ';

    public int Bytes => ElementCount * ElementBytes;

    private int ElementCount { get; }

    private int ElementBytes { get; }

    /// <summary>A tensor of a row of that type.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="letters">Letter, shape, use and scale.</param>
    /// <param name="row">The row's type, or '-'.</param>
    public static RowTensor Parse(string name, string letters, char row) => new(name, letters, row);

    /// <summary>So many times the elements of a row's type that some bytes hold.</summary>
    public static string Elements(int bytes, char row, int times) =>
        (times * bytes / Resolve('T', row).Bytes).ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Random numbers that the operators take: indexes and divisors from 1 to 63, reals from -2 to 2.
    /// </summary>
    public byte[] Data()
    {
        Random random = new(Seed + ElementCount);
        byte[] data = new byte[Bytes];
        for (int i = 0; i < ElementCount; i++)
        {
            byte[] element = _use is 'k' or 'r' ? BitConverter.GetBytes((short)(_use == 'k' ? _step : i * _step))
                : Element(random);
            element.AsSpan(0, ElementBytes).CopyTo(data.AsSpan(i * ElementBytes));
        }

        return data;
    }

    /// <summary>The line of a model file, and of its data.</summary>
    public override string ToString() => $"tensor {Name} {Type} {ShapeText}{_scale}" + _use switch
    {
        ' ' => "\n",
        'v' => " variable\n",
        _ => $" data\n  {Convert.ToBase64String(Data())}\n",
    };

    private byte[] Element(Random random) => Type switch
    {
        "float32" when _isPositive => BitConverter.GetBytes(random.NextSingle() + 0.1f),
        "float32" => BitConverter.GetBytes((random.NextSingle() * 4) - 2),
        "int8" => BitConverter.GetBytes((short)random.Next(_isPositive ? 4 : -127, 128)),
        "int16" => BitConverter.GetBytes((short)random.Next(_isPositive ? 1 : -32767, 32768)),
        "bool" => BitConverter.GetBytes((short)random.Next(2)),
        "uint32" => BitConverter.GetBytes(random.Next(1 << 24)),
        "uint64" => BitConverter.GetBytes(random.NextInt64(1L << 40)),
        _ => BitConverter.GetBytes(random.NextInt64(1, 64)),
    };

    private static (string Type, int Bytes, string Scale) Resolve(char letter, char row) => (letter, row) switch
    {
        ('T' or 'P', not '-') => Resolve(row, '-'),
        ('T' or 'P', _) => Resolve('F', row),
        ('t', 'Q') => ("int8", 1, " scale 0.04 zero -5"),
        ('t', 'S') => ("int16", 2, " scale 0.0004"),
        ('t', _) => Resolve(row, '-'),
        ('O', 'Q') => ("int8", 1, " scale 0.00390625 zero -128"),
        ('N', 'Q') => ("int8", 1, " scale 0.0078125"),
        ('N', 'S') => ("int16", 2, " scale 0.000030517578125"),
        ('W', 'Q' or 'S') => Resolve('R', '-'),
        ('B', 'Q') => Resolve('I', '-'),
        ('B', 'S') => Resolve('J', '-'),
        ('K', 'Q' or 'S') => Resolve('S', '-'),
        ('O' or 'N' or 'W' or 'B' or 'K', _) => Resolve('F', '-'),
        ('Q', _) => ("int8", 1, " scale 0.05 zero 3"),
        ('R', _) => ("int8", 1, " scale 0.01"),
        ('S', _) => ("int16", 2, " scale 0.00048828125"), // a power of two, which cells need
        ('I', _) => ("int32", 4, ""),
        ('i', _) => ("int32", 4, " scale 0.001"),
        ('J', _) => ("int64", 8, ""),
        ('U', _) => ("uint32", 4, ""),
        ('V', _) => ("uint64", 8, ""),
        ('L', _) => ("bool", 1, ""),
        ('F', _) => ("float32", 4, ""),
        _ => throw new FormatException($"'{letter}' is no type of a tensor in a row of '{row}'."),
    };

    [GeneratedRegex(@"^(?<letter>\w)\[(?<shape>[\d,]+)\](?<use>(?:[cv]|[kr]\d+)?)(?:\*(?<scale>.+))?$")]
    private static partial Regex Pattern { get; }
}
