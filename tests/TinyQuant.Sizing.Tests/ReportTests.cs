using TinyQuant.Sizing.Binaries;
using TinyQuant.Sizing.Parts;
using TinyQuant.Sizing.Reports;
using TinyQuant.Sizing.Tests.Support;
using TinyQuant.Tests;

namespace TinyQuant.Sizing.Tests;

public sealed class ReportTests
{
    private const string Table = "# A\n\n| bytes | one | added |\n| --- | ---: | ---: |\n| base | 1,000 | 0 |\n| "
        + "model | 2,000 | 1,000 |\n";

    [Theory]
    [InlineData("2,000 | 1,000", "2,000 | 1,020", 0)] // 2 % of the largest
    [InlineData("2,000 | 1,000", "2,000 | 1,021", 1)]
    [InlineData("1,000 | 0 ", "961 | -19 ", 0)]
    [InlineData("1,000 | 0 ", "959 | -21 ", 2)]
    [InlineData("| model |", "| another |", 4)] // two figures are gone, and two are new
    [InlineData("2,000 | 1,000", "- | -", 2)]
    public void A_figure_may_be_off_by_2_per_cent_of_its_column(string was, string now, int deviations) =>
        Assert.Equal(
            deviations, ReportCheck.Compare(Table, Table.Replace(was, now, StringComparison.Ordinal)).Deviations.Count);

    [Fact]
    public void A_column_that_the_page_lacks_is_told()
    {
        Assert.Equal(["A: the file has no column 'two'"],
            ReportCheck.Compare(Table, Table.Replace("added", "two", StringComparison.Ordinal)).Deviations);
        Assert.Throws<InvalidDataException>(() => ReportCheck.Compare("# A page without a table\n", Table));
    }

    [Fact]
    public void Tables_that_were_not_measured_are_not_compared()
    {
        (IReadOnlyList<string> deviations, int compared) = ReportCheck.Compare(
            Table + Table.Replace("# A", "# B", StringComparison.Ordinal), Table);
        Assert.Equal((0, 4), (deviations.Count, compared));
    }

    [Fact]
    public void A_page_has_what_was_measured_and_adds_up()
    {
        string page = MarkdownReport.Write(Report(), "docs/x.md", "x.png");

        Assert.Contains("(x.png)", page, StringComparison.Ordinal);
        Assert.Contains("| m | `weights/m.tqm` |", page, StringComparison.Ordinal);
        Assert.Contains("ld.lld missing", page, StringComparison.Ordinal);
        AssertAddsUp(page, 1);
        Assert.Empty(ReportCheck.Compare(page, page).Deviations);
        Assert.Contains(
            "\"kernels: int8 products, AVX-VNNI\": 300", JsonReport.Write(Report()), StringComparison.Ordinal);
    }

    /// <summary>The page in the repository, as the command wrote it.</summary>
    [Fact]
    public void The_documented_parts_add_up_and_alignment_is_below_2_per_cent() =>
        AssertAddsUp(File.ReadAllText(Repository.File("docs", "size.md")), 2);

    private static void AssertAddsUp(string page, int targets)
    {
        ILookup<(string Heading, string Column), (string Row, long Bytes)> columns = MarkdownTables.Read(page)
            .Where(f =>
                f.Key.Heading.StartsWith("Parts", StringComparison.Ordinal)
                    || f.Key.Heading.StartsWith("Sections", StringComparison.Ordinal))
            .ToLookup(f => (f.Key.Heading, f.Key.Column), f => (f.Key.Row, f.Value));
        Assert.Equal(2 * targets, columns.Select(c => c.Key.Heading).Distinct().Count());
        Assert.All(columns, column =>
        {
            long file = column.Single(c => c.Row == "**the file**").Bytes;
            Assert.Equal(file, column.Where(c => c.Row != "**the file**").Sum(c => c.Bytes));
            Assert.All(column.Where(c => c.Row == Part.Alignment.Text()),
                c => Assert.InRange(Math.Abs(c.Bytes), 0, 0.02 * file));
        });
    }

    private static SizeReport Report() => new("10.0.401", "the library", [("m", "weights/m.tqm")],
    [
        new TargetSizes("linux-x64", true, [], Sizes(SizeReport.WithoutModel, 0), [Sizes("m", 300)]),
        new TargetSizes("linux-arm64", false, ["ld.lld"], Sizes(SizeReport.WithoutModel, 0) with { Native = null },
            [Sizes("m", 300) with { Native = null }]),
    ]);

    private static ProgramSizes Sizes(string name, int kernel)
    {
        const string symbol = KernelParts.Prefix + "Kernels_MatrixVector_DotAvxVnni_1";
        byte[] file = new ElfMaker().Section("__managedcode", 0x1000, 100 + kernel).Symbol("S_P_CoreLib_X", 0x1000)
            .Symbol(symbol, 0x1064).Make();
        var map = CompilerMap.Parse(
            new MemoryStream("<O><MethodCode Name=\"S_P_CoreLib_X\" Length=\"100\"/></O>"u8.ToArray()), "map");
        var elf = ElfFile.Parse(file, "elf");
        return new ProgramSizes(name, 5000, 6000, 7_000_000,
            Breakdown.Of(NativeBinary.Create(elf, elf, map), new PartRules("sized", "Baked")));
    }
}
