using System.Buffers.Binary;
using System.Text;

namespace TinyQuant.Sizing.Tests.Support;

/// <summary>Small ELF files: a header, sections one behind the other, and the table of sections.</summary>
internal sealed class ElfMaker
{
    private const uint Program = 1;
    private const uint Symbols = 2;
    private const uint Strings = 3;
    private const uint NoBits = 8;
    private const uint VersionNeeds = 0x6ffffffe;

    private readonly List<(
        string Name, uint Type, ulong Address, byte[] Bytes, long Size, int Link, int Gap)> _sections = [];
    private readonly List<(string Name, byte Type, int Section, ulong Address)> _symbols = [];

    /// <summary>A section with bytes, after some of padding.</summary>
    public ElfMaker Section(string name, ulong address, int size, int gap = 0)
    {
        _sections.Add((name, Program, address, new byte[size], size, 0, gap));
        return this;
    }

    /// <summary>A section of zeros, which takes nothing in the file.</summary>
    public ElfMaker Zeros(string name, ulong address, int size)
    {
        _sections.Add((name, NoBits, address, [], size, 0, 0));
        return this;
    }

    /// <summary>A symbol in the section that was added last.</summary>
    public ElfMaker Symbol(string name, ulong address, byte type = 0)
    {
        _symbols.Add((name, type, _sections.Count, address));
        return this;
    }

    /// <summary>
    /// Versions of a library that the file needs: a section of them, and behind it one of their names.
    /// </summary>
    public ElfMaker Needs(params (string Library, string[] Versions)[] libraries)
    {
        (byte[] names, int[] places) = Text(libraries.SelectMany(l => l.Versions.Prepend(l.Library)));
        var table = new List<byte>();
        int name = 0;
        for (int i = 0; i < libraries.Length; i++)
        {
            int count = libraries[i].Versions.Length;
            byte[] need = new byte[16];
            BinaryPrimitives.WriteInt16LittleEndian(need, 1);
            BinaryPrimitives.WriteInt16LittleEndian(need.AsSpan(2), (short)count);
            BinaryPrimitives.WriteInt32LittleEndian(need.AsSpan(4), places[name++]);
            BinaryPrimitives.WriteInt32LittleEndian(need.AsSpan(8), 16); // the first version is right behind
            BinaryPrimitives.WriteInt32LittleEndian(need.AsSpan(12), i + 1 < libraries.Length ? 16 + (16 * count) : 0);
            table.AddRange(need);
            for (int j = 0; j < count; j++)
            {
                byte[] version = new byte[16];
                BinaryPrimitives.WriteInt32LittleEndian(version.AsSpan(8), places[name++]);
                BinaryPrimitives.WriteInt32LittleEndian(version.AsSpan(12), j + 1 < count ? 16 : 0);
                table.AddRange(version);
            }
        }

        _sections.Add((".gnu.version_r", VersionNeeds, 0, [.. table], table.Count, _sections.Count + 2, 0));
        _sections.Add((".dynstr", Strings, 0, names, names.Length, 0, 0));
        return this;
    }

    public byte[] Make()
    {
        var sections = _sections.ToList();
        if (_symbols.Count > 0)
        {
            (byte[] names, int[] places) = Text(_symbols.Select(s => s.Name));
            byte[] table = new byte[24 * _symbols.Count];
            for (int i = 0; i < _symbols.Count; i++)
            {
                Span<byte> entry = table.AsSpan(24 * i, 24);
                BinaryPrimitives.WriteInt32LittleEndian(entry, places[i]);
                entry[4] = _symbols[i].Type;
                BinaryPrimitives.WriteInt16LittleEndian(entry[6..], (short)_symbols[i].Section);
                BinaryPrimitives.WriteUInt64LittleEndian(entry[8..], _symbols[i].Address);
            }

            sections.Add((".symtab", Symbols, 0, table, table.Length, sections.Count + 2, 0));
            sections.Add((".strtab", Strings, 0, names, names.Length, 0, 0));
        }

        (byte[] titles, int[] titlePlaces) = Text(sections.Select(s => s.Name).Append(".shstrtab"));
        sections.Add((".shstrtab", Strings, 0, titles, titles.Length, 0, 0));

        byte[] header = new byte[64];
        var body = new List<byte>();
        byte[] headers = new byte[64 * (sections.Count + 1)];
        for (int i = 0; i < sections.Count; i++)
        {
            (_, uint type, ulong address, byte[] bytes, long size, int link, int gap) = sections[i];
            body.AddRange(new byte[gap]);
            Span<byte> entry = headers.AsSpan(64 * (i + 1), 64);
            BinaryPrimitives.WriteInt32LittleEndian(entry, titlePlaces[i]);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], type);
            BinaryPrimitives.WriteUInt64LittleEndian(entry[16..], address);
            BinaryPrimitives.WriteInt64LittleEndian(entry[24..], header.Length + body.Count);
            BinaryPrimitives.WriteInt64LittleEndian(entry[32..], size);
            BinaryPrimitives.WriteInt32LittleEndian(entry[40..], link);
            body.AddRange(bytes);
        }

        new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1 }.CopyTo(header, 0);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(32), header.Length); // no segments
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(40), header.Length + body.Count);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(54), 56);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(58), 64);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(60), (short)(sections.Count + 1));
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(62), (short)sections.Count);
        return [.. header, .. body, .. headers];
    }

    private static (byte[] Bytes, int[] Places) Text(IEnumerable<string> names)
    {
        var bytes = new List<byte> { 0 };
        var places = new List<int>();
        foreach (string name in names)
        {
            places.Add(bytes.Count);
            bytes.AddRange(Encoding.UTF8.GetBytes(name));
            bytes.Add(0);
        }

        return ([.. bytes], [.. places]);
    }
}
