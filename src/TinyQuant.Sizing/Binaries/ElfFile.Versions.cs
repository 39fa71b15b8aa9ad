namespace TinyQuant.Sizing.Binaries;

/// <content>
/// The versions of libraries that a file needs: "Linux Standard Base Core Specification", 10.7, "Symbol Versioning".
/// </content>
public sealed partial class ElfFile
{
    private const uint VersionNeeds = 0x6ffffffe;
    private const int NeedBytes = 16;
    private const int VersionBytes = 16;
    private const int MostVersions = 10_000; // a program needs some dozens: more is damage that points in a circle

    /// <summary>
    /// The versions that it needs, such as <c>GLIBC_2.34</c>, of all libraries; none in a static file.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public IReadOnlyList<string> ReadNeededVersions()
    {
        var versions = new List<string>();
        for (int i = 0; i < Sections.Count; i++)
        {
            if (Sections[i].Type == VersionNeeds)
            {
                uint strings = Word(SectionHeader(i + 1) + 40);
                ReadNeeds(Sections[i], Section(strings).Offset, versions);
            }
        }

        return versions;
    }

    private void ReadNeeds(ElfSection section, long text, List<string> versions)
    {
        long end = section.Offset + section.Size;
        long need = section.Offset;
        for (long next; need + NeedBytes <= end; need += next)
        {
            long version = need + Word(need + 8);
            for (int left = Short(need + 2); left > 0 && version + VersionBytes <= end; left--)
            {
                if (versions.Count == MostVersions)
                {
                    throw Wrong($"it needs more than {MostVersions} versions of libraries");
                }

                versions.Add(String(text + Word(version + 8)));
                version += Word(version + 12);
            }

            next = Word(need + 12);
            if (next == 0)
            {
                return;
            }
        }
    }

    private ElfSection Section(uint index) => index - 1 < Sections.Count
        ? Sections[(int)index - 1]
        : throw Wrong($"the names of the versions that it needs are in section {index}");
}
