using System.Buffers.Binary;
using System.Text;
using TinyQuant.Data.IO;

namespace TinyQuant.Sizing.Binaries;

/// <summary>
/// The sections and symbols of a 64-bit little-endian ELF file. The layout is that of "ELF-64 Object File Format",
/// version 1.5 draft 2.
/// </summary>
public sealed partial class ElfFile
{
    private const int HeaderBytes = 64;
    private const int SectionHeaderBytes = 64;
    private const int SymbolBytes = 24;
    private const uint SymbolTable = 2;
    private const int ThreadLocal = 6;

    private readonly byte[] _file;
    private readonly string _name;

    private ElfFile(byte[] file, string name)
    {
        _file = file;
        _name = name;
        if (file.Length < HeaderBytes
            || !file.AsSpan(0, 6).SequenceEqual<byte>([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1]))
        {
            throw Wrong("it is no 64-bit little-endian ELF file");
        }

        ProgramHeaders = (Offset(32), (long)Short(54) * Short(56));
        SectionHeaders = (Offset(40), (long)SectionHeaderBytes * Short(60));
        if (ProgramHeaders.Offset + ProgramHeaders.Size > Length
            || SectionHeaders.Offset + SectionHeaders.Size > Length)
        {
            throw Wrong($"its tables of segments and sections end behind its {Length} bytes");
        }

        if (Short(58) != SectionHeaderBytes)
        {
            throw Wrong($"its section headers are of {Short(58)} bytes; expected {SectionHeaderBytes}");
        }

        Sections = ReadSections();
        Symbols = ReadSymbols();
    }

    /// <summary>Bytes of the file.</summary>
    public long Length => _file.Length;

    /// <summary>Where the table of segments is, in bytes.</summary>
    public (long Offset, long Size) ProgramHeaders { get; }

    /// <summary>Where the table of sections is, in bytes.</summary>
    public (long Offset, long Size) SectionHeaders { get; }

    /// <summary>All sections but the first, which is none.</summary>
    public IReadOnlyList<ElfSection> Sections { get; }

    /// <summary>
    /// The symbols that have a place in a section, without those of thread-local storage; none in a stripped file.
    /// </summary>
    public IReadOnlyList<ElfSymbol> Symbols { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or a damaged one.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ElfFile Read(string path) => new(WholeFile.ReadAllBytes(path), path);

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="file">All of it.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="InvalidDataException">It is no such file, or a damaged one.</exception>
    public static ElfFile Parse(byte[] file, string name) => new(file, name);

    private ElfSection[] ReadSections()
    {
        int count = Short(60);
        int names = Short(62);
        if (names >= count)
        {
            throw Wrong(Invariant($"the names of its sections are in section {names} of {count}"));
        }

        long text = Offset(SectionHeader(names) + 24);
        return [.. Enumerable.Range(1, Math.Max(0, count - 1)).Select(i =>
        {
            long at = SectionHeader(i);
            var section = new ElfSection(
                String(text + Word(at)), Word(at + 4), Long(at + 16), Offset(at + 24), Offset(at + 32));
            return !section.HasBytes || section.Offset + section.Size <= Length
                ? section
                : throw Wrong(
                    Invariant($"section {section.Name} ends at {section.Offset + section.Size} of {Length} bytes"));
        })];
    }

    private List<ElfSymbol> ReadSymbols()
    {
        var symbols = new List<ElfSymbol>();
        for (int i = 0; i < Sections.Count; i++)
        {
            if (Sections[i].Type != SymbolTable)
            {
                continue;
            }

            uint strings = Word(SectionHeader(i + 1) + 40);
            long text = strings - 1 < Sections.Count
                ? Sections[(int)strings - 1].Offset
                : throw Wrong($"its symbols have their names in section {strings}");
            long end = Sections[i].Offset + Sections[i].Size;
            for (long at = Sections[i].Offset; at + SymbolBytes <= end; at += SymbolBytes)
            {
                int section = Short(at + 6);
                if ((Byte(at + 4) & 15) != ThreadLocal && section >= 1 && section <= Sections.Count)
                {
                    symbols.Add(new ElfSymbol(String(text + Word(at)), Sections[section - 1].Name, Long(at + 8)));
                }
            }
        }

        return symbols;
    }

    private long SectionHeader(int index) => SectionHeaders.Offset + ((long)index * SectionHeaderBytes);

    private byte Byte(long at) => Bytes(at, 1)[0];

    private ushort Short(long at) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(at, 2));

    private uint Word(long at) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(at, 4));

    private ulong Long(long at) => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(at, 8));

    private long Offset(long at) => Long(at) is var offset && offset <= int.MaxValue
        ? (long)offset
        : throw Wrong(Invariant($"it has an offset of {offset} at byte {at}"));

    private string String(long at)
    {
        ReadOnlySpan<byte> rest = Bytes(at, 1 + (int)Math.Max(0, Length - at - 1));
        int end = rest.IndexOf((byte)0);
        return end >= 0
            ? Encoding.UTF8.GetString(rest[..end])
            : throw Wrong(Invariant($"a name at byte {at} has no end"));
    }

    private ReadOnlySpan<byte> Bytes(long at, int count) => at >= 0 && at + count <= Length
        ? _file.AsSpan((int)at, count)
        : throw Wrong(Invariant($"it ends before byte {at + count}"));

    private InvalidDataException Wrong(string what) => new($"'{_name}' cannot be measured: {what}.");
}
