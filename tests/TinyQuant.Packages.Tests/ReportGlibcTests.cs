using TinyQuant.Build;
using TinyQuant.Packages.Tests.Support;

namespace TinyQuant.Packages.Tests;

/// <summary>
/// Which glibc a program needs. How versions are read from a file is tested beside the reader; a whole publish by the
/// packages.
/// </summary>
public sealed class ReportGlibcTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2.34", "GLIBC_2.2.5", "GLIBC_2.34", "GLIBC_2.9")]
    [InlineData("2.38", "GLIBC_PRIVATE", "GLIBC_2.38", "GCC_3.0", "GLIBCXX_3.4.30")]
    [InlineData(null, "GCC_3.0")]
    public void The_newest_version_counts(string? expected, params string[] versions) =>
        Assert.Equal(expected, ReportGlibc.Needed(versions)?.ToString());

    [Fact]
    public void What_is_no_program_is_passed_over()
    {
        string file = _folder.Text("app", "text");
        (List<string> warnings, List<string> said) = Run(file, "2.31");
        Assert.Empty(warnings);
        Assert.Empty(said);
    }

    [Fact]
    public void TQ111_a_limit_that_is_no_version()
    {
        string file = _folder.Text("app", "text");
        Assert.Equal(["warning TQ111: TinyQuantMaxGlibc 'bookworm' is no version; expected one such as 2.31"],
            Run(file, "bookworm").Warnings);
    }

    [Fact]
    public void TQ111_a_program_that_needs_a_newer_one()
    {
        // The one that runs these tests was linked against some glibc, which names its versions in the file.
        string program = Environment.ProcessPath!;
        (List<string> _, List<string> said) = Run(program, "");
        string needed = Assert.Single(said).Split(' ')[3];
        Assert.Contains("GLIBC_" + needed + "\0", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(program)),
            StringComparison.Ordinal);
        Assert.Equal(
            [$"warning TQ111: {Path.GetFileName(program)} needs glibc {needed} where it runs, and "
                + "TinyQuantMaxGlibc is 2.0; expected to be published on a system with glibc 2.0 or older"],
            Run(program, "2.0").Warnings);
        Assert.Empty(Run(program, needed).Warnings);
    }

    private static (List<string> Warnings, List<string> Said) Run(string program, string newest)
    {
        var engine = new RecordingEngine();
        Assert.True(new ReportGlibc
        {
            BuildEngine = engine,
            Program = program,
            Newest = newest,
            Project = "app.csproj"
        }.Execute());
        return (engine.Errors, engine.Important);
    }
}
