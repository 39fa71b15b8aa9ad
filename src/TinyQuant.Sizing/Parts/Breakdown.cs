using TinyQuant.Sizing.Binaries;

namespace TinyQuant.Sizing.Parts;

/// <summary>A native program's bytes, by part and by section; either adds up to the file.</summary>
public sealed class Breakdown
{
    /// <summary>The row of <see cref="Sections"/> for the file's headers.</summary>
    public const string Headers = "headers";

    /// <summary>The row of <see cref="Sections"/> for what lies between sections.</summary>
    public const string Padding = "padding between sections";

    private Breakdown(long length, Dictionary<Part, long> parts, Dictionary<string, long> sections)
    {
        Length = length;
        Parts = parts;
        Sections = sections;
    }

    /// <summary>Bytes of the file.</summary>
    public long Length { get; }

    /// <summary>Bytes of each part; a part that is missing has none.</summary>
    public IReadOnlyDictionary<Part, long> Parts { get; }

    /// <summary>Bytes of each section, of the headers and between sections, in the order of the file.</summary>
    public IReadOnlyDictionary<string, long> Sections { get; }

    /// <summary>Adds up a program.</summary>
    public static Breakdown Of(NativeBinary program, PartRules rules)
    {
        var parts = program.Pieces.GroupBy(rules.Of).ToDictionary(g => g.Key, g => g.Sum(p => p.Bytes));
        parts[Part.Alignment] = program.HeaderBytes + program.PaddingBytes;
        var sections = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (ElfSection section in program.Sections)
        {
            sections[section.Name] = sections.GetValueOrDefault(section.Name) + section.Size;
        }

        sections[Headers] = program.HeaderBytes;
        sections[Padding] = program.PaddingBytes;
        return new Breakdown(program.Length, parts, sections);
    }
}
