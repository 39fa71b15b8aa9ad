using TinyQuant.Data.IO;

namespace TinyQuant.Data.Tests;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")] // modes and pipes
public sealed class FileSetTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Writes_and_replaces_all_and_leaves_nothing_else()
    {
        FileSet.Write(_directory, [new("a", "1"), new("b", "2")]);
        FileSet.Write(_directory, [new("a", "3"), new("b", "4")]);

        Assert.Equal(["3", "4"], new[] { "a", "b" }.Select(n => File.ReadAllText(Path.Combine(_directory, n))));
        Assert.Equal(2, Directory.GetFileSystemEntries(_directory).Length);
    }

    [Fact]
    public void Links_stay_and_modes_are_kept()
    {
        string elsewhere = Path.Combine(_directory, "elsewhere");
        File.WriteAllText(elsewhere, "old");
        File.SetUnixFileMode(elsewhere, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(Path.Combine(_directory, "a"), "elsewhere");

        FileSet.Write(_directory, [new("a", "1"), new("b", "2")]);

        Assert.Equal("1", File.ReadAllText(elsewhere));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(elsewhere));
        Assert.NotNull(new FileInfo(Path.Combine(_directory, "a")).LinkTarget);
        Assert.Equal(3, Directory.GetFileSystemEntries(_directory).Length);
    }

    [Fact]
    public void A_read_only_file_keeps_all_from_being_written()
    {
        string b = Path.Combine(_directory, "b");
        File.WriteAllText(b, "old");
        File.SetUnixFileMode(b, UnixFileMode.UserRead);

        Assert.Contains("is read-only", Assert.Throws<UnauthorizedAccessException>(
            () => FileSet.Write(_directory, [new("a", "1"), new("b", "2")])).Message, StringComparison.Ordinal);

        Assert.Equal([b], Directory.GetFileSystemEntries(_directory));
    }

    [Fact]
    public void A_file_that_cannot_be_moved_undoes_those_before_it()
    {
        File.WriteAllText(Path.Combine(_directory, "a"), "old");
        Directory.CreateDirectory(Path.Combine(_directory, "c", "in the way"));

        Exception thrown = Assert.ThrowsAny<Exception>(() =>
            FileSet.Write(_directory, [new("a", "1"), new("b", "2"), new("c", "3")]));
        Assert.Contains($"nothing was written to '{_directory}': ", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", thrown.Message, StringComparison.Ordinal);

        Assert.Equal("old", File.ReadAllText(Path.Combine(_directory, "a")));
        Assert.Equal(2, Directory.GetFileSystemEntries(_directory).Length);
    }
}
