using TinyQuant.Sizing.Binaries;
using TinyQuant.Sizing.Tests.Support;

namespace TinyQuant.Sizing.Tests;

public sealed class ElfFileTests
{
    private static readonly byte[] s_file = new ElfMaker()
        .Section(".text", 0x1000, 40, gap: 3).Symbol("first", 0x1000).Symbol("second", 0x1010)
        .Zeros(".bss", 0x2000, 500).Symbol("thread", 0x8, type: 6)
        .Make();

    [Fact]
    public void Sections_have_their_places()
    {
        var elf = ElfFile.Parse(s_file, "elf");

        Assert.Equal([".text", ".bss", ".symtab", ".strtab", ".shstrtab"], elf.Sections.Select(s => s.Name));
        Assert.Equal((0x1000ul, 67, 40, true),
            (elf.Sections[0].Address, elf.Sections[0].Offset, elf.Sections[0].Size, elf.Sections[0].HasBytes));
        Assert.Equal((500, false), (elf.Sections[1].Size, elf.Sections[1].HasBytes));
        Assert.Equal((s_file.Length, 6 * 64), (elf.Length, elf.SectionHeaders.Size));
    }

    [Fact]
    public void Symbols_have_their_sections_but_those_of_threads() =>
        Assert.Equal([new ElfSymbol("first", ".text", 0x1000), new ElfSymbol("second", ".text", 0x1010)],
            ElfFile.Parse(s_file, "elf").Symbols);

    [Fact]
    public void Needed_versions_are_those_of_all_libraries()
    {
        byte[] file = new ElfMaker().Section(".text", 0x1000, 40)
            .Needs(("libm.so.6", ["GLIBC_2.29"]), ("libc.so.6", ["GLIBC_2.2.5", "GLIBC_2.34", "GLIBC_PRIVATE"])).Make();

        Assert.Equal(["GLIBC_2.29", "GLIBC_2.2.5", "GLIBC_2.34", "GLIBC_PRIVATE"],
            ElfFile.Parse(file, "elf").ReadNeededVersions());
        Assert.Empty(ElfFile.Parse(s_file, "elf").ReadNeededVersions());
    }

    [Fact]
    public void Versions_that_point_in_a_circle_are_told()
    {
        byte[] file = new ElfMaker().Section(".text", 0x1000, 8).Needs(("libc.so.6", ["GLIBC_2.34"])).Make();
        const int Table = 64 + 8;
        for (int offset = 0; offset < 32; offset++)
        {
            for (int value = 0; value < 256; value++)
            {
                byte[] damaged = [.. file];
                damaged[Table + offset] = (byte)value;
                Exception? e = Record.Exception(() => _ = ElfFile.Parse(damaged, "damaged").ReadNeededVersions());
                Assert.True(e is null or InvalidDataException, $"byte {offset} = {value}: {e}");
            }
        }
    }

    [Fact]
    public void A_truncated_file_is_told()
    {
        for (int length = 0; length < s_file.Length; length++)
        {
            InvalidDataException e = Assert.Throws<InvalidDataException>(() =>
                ElfFile.Parse(s_file[..length], "cut.elf"));
            Assert.StartsWith("'cut.elf' cannot be measured: ", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Damage_is_read_or_told()
    {
        var random = new Random(1);
        for (int i = 0; i < 5000; i++)
        {
            byte[] damaged = [.. s_file];
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            damaged[random.Next(64)] = (byte)random.Next(256);
            try
            {
                _ = ElfFile.Parse(damaged, "damaged");
            }
            catch (InvalidDataException)
            {
                // The only exception there is.
            }
        }
    }
}
