namespace TinyQuant.Sizing.Binaries;

/// <summary>Bytes of a program that belong together.</summary>
/// <param name="Section">The section that they are in.</param>
/// <param name="Symbol">The symbol at their beginning; empty where there is none.</param>
/// <param name="Kind">What the compiler says they are; null where it did not make them.</param>
/// <param name="Bytes">Their number, with the padding up to the next symbol.</param>
public sealed record BinaryPiece(string Section, string Symbol, string? Kind, long Bytes);

/// <summary>
/// A published NativeAOT program, cut into pieces: every byte of every section belongs to the symbol before it. What is
/// left of the file is headers, and padding between sections.
/// </summary>
public sealed class NativeBinary
{
    /// <summary>
    /// More than any alignment of what the compiler makes: what lies farther behind its end is another's.
    /// </summary>
    private const long MostPadding = 64;

    private const int ElfHeaderBytes = 64;

    private NativeBinary(ElfFile program, ElfFile symbols, CompilerMap map)
    {
        Length = program.Length;
        Sections = [.. program.Sections.Where(s => s.HasBytes)];
        HeaderBytes = ElfHeaderBytes + program.ProgramHeaders.Size + program.SectionHeaders.Size;
        PaddingBytes = Gaps(program);
        ILookup<string, ElfSymbol> bySection = symbols.Symbols.ToLookup(s => s.Section, StringComparer.Ordinal);
        Pieces = [.. Sections.SelectMany(s => Cut(s, bySection[s.Name], map))];
    }

    /// <summary>Bytes of the file.</summary>
    public long Length { get; }

    /// <summary>The sections that take bytes of it.</summary>
    public IReadOnlyList<ElfSection> Sections { get; }

    /// <summary>All their bytes.</summary>
    public IReadOnlyList<BinaryPiece> Pieces { get; }

    /// <summary>Bytes of the file's header and of its tables of segments and sections.</summary>
    public long HeaderBytes { get; }

    /// <summary>Bytes between the sections.</summary>
    public long PaddingBytes { get; }

    /// <summary>Reads a program.</summary>
    /// <param name="program">The program as it is shipped.</param>
    /// <param name="symbols">Its symbols, which a publish puts beside it.</param>
    /// <param name="map">The compiler's map.</param>
    /// <exception cref="InvalidDataException">They are damaged, or do not belong together.</exception>
    /// <exception cref="IOException">One cannot be read.</exception>
    public static NativeBinary Read(string program, string symbols, string map) =>
        Create(ElfFile.Read(program), ElfFile.Read(symbols), CompilerMap.Read(map));

    internal static NativeBinary Create(ElfFile program, ElfFile symbols, CompilerMap map)
    {
        Dictionary<string, ElfSection> other = symbols.Sections.DistinctBy(s => s.Name, StringComparer.Ordinal)
            .ToDictionary(s => s.Name, StringComparer.Ordinal);
        foreach (ElfSection section in program.Sections.Where(s => s.HasBytes && s.Address > 0))
        {
            if (!other.TryGetValue(section.Name, out ElfSection? same)
                || (same.Address, same.Size) != (section.Address, section.Size))
            {
                throw new InvalidDataException(
                    $"The symbols are of another program: section {section.Name} is not the same.");
            }
        }

        return new NativeBinary(program, symbols, map);
    }

    private static long Gaps(ElfFile program)
    {
        IEnumerable<(long Offset, long Size)> used = program.Sections.Where(s => s.HasBytes)
            .Select(s => (s.Offset, s.Size))
            .Append((0, ElfHeaderBytes)).Append(program.ProgramHeaders).Append(program.SectionHeaders);
        long gaps = 0;
        long end = 0;
        foreach ((long offset, long size) in used.Where(u => u.Size > 0).OrderBy(u => u.Offset))
        {
            gaps += offset >= end
                ? offset - end
                : throw new InvalidDataException(Invariant($"The program's parts overlap at byte {offset}."));
            end = offset + size;
        }

        return gaps + program.Length - end;
    }

    private static IEnumerable<BinaryPiece> Cut(ElfSection section, IEnumerable<ElfSymbol> symbols, CompilerMap map)
    {
        ulong end = section.Address + (ulong)section.Size;
        List<(ulong Address, string Symbol, CompilerNode? Node)> starts = [.. symbols
            // $x and $d mark code and data on Arm
            .Where(s => s.Address >= section.Address && s.Address < end && !s.Name.StartsWith('$'))
            .GroupBy(s => s.Address)
            .Select(g =>
                g.Select(s => (s.Address, s.Name, Node: map.Find(s.Name))).OrderBy(s => s.Node is null)
                    .ThenBy(s => s.Name, StringComparer.Ordinal).First())
            .OrderBy(s => s.Address)];
        if (starts.Count == 0 || starts[0].Address > section.Address)
        {
            ulong first = starts.Count == 0 ? end : starts[0].Address;
            yield return new BinaryPiece(section.Name, "", null, (long)(first - section.Address));
        }

        for (int i = 0; i < starts.Count; i++)
        {
            (ulong address, string symbol, CompilerNode? node) = starts[i];
            long bytes = (long)((i + 1 < starts.Count ? starts[i + 1].Address : end) - address);
            long others = node is not null && bytes - node.Length >= MostPadding ? bytes - node.Length : 0;
            yield return new BinaryPiece(section.Name, symbol, node?.Kind, bytes - others);
            if (others > 0)
            {
                yield return new BinaryPiece(section.Name, "", null, others);
            }
        }
    }
}
