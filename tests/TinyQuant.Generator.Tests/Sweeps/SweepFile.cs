using System.Globalization;
using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Generator.Tests.Sweeps;

/// <summary>
/// Sets of scales of one operator and type, each with checksums of what the reference answers to all codes: a file of
/// <c>sweeps/</c> below <c>TINYQUANT_GOLDEN</c>, whose README has the rules.
/// </summary>
/// <param name="Name">OPERATOR-TYPE.</param>
/// <param name="Lines">What follows the headings.</param>
internal sealed record SweepFile(string Name, IReadOnlyList<SweepLine> Lines)
{
    /// <summary>The folder.</summary>
    public static string Folder => Path.Combine(GoldenFactAttribute.Root, "sweeps");

    /// <summary>Why there are no files; null where there are.</summary>
    public static string? Missing => new GoldenFactAttribute().Skip
        ?? (Directory.Exists(Folder) ? null : $"There is no folder '{Folder}'.");

    public static SweepFile Read(string name)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, name + ".tsv"));
        string[] headings = lines[0].Split('\t');
        return new(name, [.. lines.Skip(1).Select(line => new SweepLine(headings, line))]);
    }
}

/// <summary>A line: cells under headings.</summary>
internal sealed class SweepLine(string[] headings, string text)
{
    private readonly string[] _cells = text.Split('\t');

    public string Text(string heading) => _cells[Array.IndexOf(headings, heading)];

    public float Float(string heading) => float.Parse(Text(heading), CultureInfo.InvariantCulture);

    public int Integer(string heading) => int.Parse(Text(heading), CultureInfo.InvariantCulture);

    public uint Checksum(Rounding rounding) => uint.Parse(
        Text(rounding == Rounding.Single ? "crc single" : "crc double"), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>The scale and zero point of a tensor; int16 pairs have no zero points.</summary>
    public Quantization Quantization(string tensor) =>
        new(Float(tensor + " scale"), headings.Contains(tensor + " zero") ? Integer(tensor + " zero") : 0);

    public override string ToString() => string.Join(", ", headings.Zip(_cells, (heading, cell) => $"{heading} {cell}"));
}
