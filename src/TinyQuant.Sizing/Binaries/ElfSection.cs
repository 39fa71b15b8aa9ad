namespace TinyQuant.Sizing.Binaries;

/// <summary>A section of an ELF file.</summary>
/// <param name="Name">Its name, such as <c>.rodata</c>.</param>
/// <param name="Type">The format's number for its type; 8 is memory that starts as zeros and takes nothing in the
/// file.</param>
/// <param name="Address">Where it lies in memory.</param>
/// <param name="Offset">Where it begins in the file, in bytes.</param>
/// <param name="Size">Its size in bytes, in memory.</param>
public sealed record ElfSection(string Name, uint Type, ulong Address, long Offset, long Size)
{
    private const uint None = 0;
    private const uint NoBits = 8;

    /// <summary>Whether it takes bytes of the file.</summary>
    public bool HasBytes => Type is not (None or NoBits) && Size > 0;
}

/// <summary>A name for a place in memory.</summary>
/// <param name="Name">The linker's name of it.</param>
/// <param name="Section">The section that it lies in.</param>
/// <param name="Address">Where it lies in memory.</param>
public sealed record ElfSymbol(string Name, string Section, ulong Address);
