using System.Text;
using System.Text.RegularExpressions;
using TinyQuant.Data.IO;

namespace TinyQuant.Data.Tests;

/// <summary>Whole files, and what only looks like one.</summary>
public sealed partial class WholeFileTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(200_001)]
    public void A_file_is_read_as_it_is(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        File.WriteAllBytes(_temp["f"], bytes);
        Assert.Equal(bytes, WholeFile.ReadAllBytes(_temp["f"]));
    }

    [Fact]
    public void A_device_that_has_no_end_is_refused()
    {
        File.CreateSymbolicLink(_temp["f.pgm"], "/dev/zero");
        string message = Assert.Throws<IOException>(() => WholeFile.ReadAllBytes(_temp["f.pgm"], 1 << 20)).Message;
        Assert.Contains("f.pgm' has no length, and no end within 1048576 bytes", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_length_is_read_to_its_end() =>
        Assert.Contains("Name:", WholeFile.ReadAllText("/proc/self/status"), StringComparison.Ordinal);

    [Fact]
    public void Text_is_read_by_its_byte_order_mark()
    {
        foreach (Encoding encoding in new Encoding[] { new UTF8Encoding(false), new UTF8Encoding(true),
            Encoding.Unicode,
            Encoding.BigEndianUnicode, Encoding.UTF32 })
        {
            File.WriteAllText(_temp["t"], "näme\n", encoding);
            Assert.Equal("näme\n", WholeFile.ReadAllText(_temp["t"]));
        }
    }

    [Fact] // a device in place of a file ended the process: out of memory
    public void No_source_reads_a_whole_file_in_another_way()
    {
        string[] found = [.. Directory.EnumerateFiles(Repository.File("src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Split('/').Contains("obj"))
            .Where(path => Other().IsMatch(File.ReadAllText(path)))];
        Assert.Empty(found);
    }

    [GeneratedRegex(@"(?<!\w)File\.ReadAll(Bytes|Text|Lines)(Async)?\(")]
    private static partial Regex Other();
}
