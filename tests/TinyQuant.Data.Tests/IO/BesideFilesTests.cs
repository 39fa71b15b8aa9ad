using TinyQuant.Data.IO;

namespace TinyQuant.Data.Tests;

/// <summary>Files beside a model are read; what leads elsewhere is none.</summary>
public sealed class BesideFilesTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Files_of_the_folder_and_below_are_read_and_named()
    {
        string model = Folder("model");
        File.WriteAllBytes(Path.Combine(model, "a.data"), [1, 2]);
        File.WriteAllBytes(Path.Combine(Folder("model/sub"), "b.data"), [3]);
        File.CreateSymbolicLink(Path.Combine(model, "c.data"), Path.Combine(model, "a.data"));
        var beside = new BesideFiles(model);

        Assert.Equal([1, 2], beside.Read("a.data")!.Value.ToArray());
        Assert.Equal([3], beside.Read("sub/b.data")!.Value.ToArray());
        Assert.Equal([1, 2], beside.Read("c.data")!.Value.ToArray());
        Assert.Equal([1, 2], beside.Read("a.data")!.Value.ToArray());
        Assert.Equal(["a.data", "sub/b.data", "c.data"], beside.Names);
    }

    [Fact]
    public void A_folder_that_is_a_link_itself_is_a_folder()
    {
        File.WriteAllBytes(Path.Combine(Folder("model"), "a.data"), [1]);
        Directory.CreateSymbolicLink(_temp["link"], _temp["model"]);

        Assert.Equal([1], new BesideFiles(_temp["link"]).Read("a.data")!.Value.ToArray());
    }

    [Theory]
    [InlineData("none.data")]
    [InlineData("../secret.data")]
    [InlineData("link.data")]
    [InlineData("outside/secret.data")]
    [InlineData("twice.data")]
    [InlineData("sub")]
    public void What_is_not_below_the_folder_is_none(string path)
    {
        string model = Folder("model");
        Folder("model/sub");
        File.WriteAllBytes(_temp["secret.data"], [1]);
        File.CreateSymbolicLink(Path.Combine(model, "link.data"), _temp["secret.data"]);
        Directory.CreateSymbolicLink(Path.Combine(model, "outside"), _temp.Path);
        File.CreateSymbolicLink(Path.Combine(model, "twice.data"), "outside/secret.data"); // a link over a link
        var beside = new BesideFiles(model);

        Assert.Null(beside.Read(path));
        Assert.Null(beside.Read(_temp["secret.data"]));
        Assert.Empty(beside.Names);
    }

    [Fact]
    public void Links_that_lead_round_are_an_error()
    {
        string model = Folder("model");
        File.CreateSymbolicLink(Path.Combine(model, "a"), "b");
        File.CreateSymbolicLink(Path.Combine(model, "b"), "a");

        Assert.Throws<IOException>(() => new BesideFiles(model).Read("a"));
    }

    private string Folder(string name) => Directory.CreateDirectory(_temp[name]).FullName;
}
