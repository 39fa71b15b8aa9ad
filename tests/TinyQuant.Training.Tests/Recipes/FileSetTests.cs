using TinyQuant.Training.Recipes;

namespace TinyQuant.Training.Tests.Recipes;

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
    public void A_file_that_cannot_be_moved_undoes_those_before_it()
    {
        File.WriteAllText(Path.Combine(_directory, "a"), "old");
        Directory.CreateDirectory(Path.Combine(_directory, "c", "in the way"));

        Exception thrown = Assert.ThrowsAny<Exception>(() => FileSet.Write(_directory, [new("a", "1"), new("b", "2"), new("c", "3")]));
        Assert.Contains($"nothing was written to '{_directory}': ", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", thrown.Message, StringComparison.Ordinal);

        Assert.Equal("old", File.ReadAllText(Path.Combine(_directory, "a")));
        Assert.Equal(2, Directory.GetFileSystemEntries(_directory).Length);
    }
}
