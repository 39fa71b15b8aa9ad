namespace TinyQuant.Data.Tests;

/// <summary>What the user names is used or is an error; it is never passed over in silence.</summary>
public sealed class GivenDirectoryTests : IDisposable
{
    private const string Expected =
        "train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte "
        + "(each plain or .gz).";

    private readonly Sandbox _box = new();
    private readonly string _directory;

    public GivenDirectoryTests()
    {
        _directory = _box.Temp["given"];
        _box.Mnist.WriteTo(_box.Temp["cache/mnist"]);
        _box.Http.Serve(_box.Mnist);
    }

    public void Dispose() => _box.Dispose();

    [Fact]
    public async Task A_directory_that_does_not_exist()
    {
        _box.Options = _box.Options with { Directory = _directory };
        var e = await Assert.ThrowsAsync<DirectoryNotFoundException>(() => _box.LoadAsync("mnist"));
        Assert.Equal($"{_directory}: no such directory.", e.Message);
    }

    [Theory]
    [InlineData("mnist")]
    [InlineData("auto")]
    public async Task A_directory_without_data(string name)
    {
        Directory.CreateDirectory(_directory);
        _box.Options = _box.Options with { Directory = _directory };
        var e = await Assert.ThrowsAsync<FileNotFoundException>(() => _box.LoadAsync(name));
        Assert.Equal($"{_directory}: no data, expected {Expected}", e.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_directory_with_some_of_the_files(bool byVariable)
    {
        _box.Mnist.WriteTo(_directory);
        File.Delete(Path.Combine(_directory, "t10k-images-idx3-ubyte.gz"));
        Name(byVariable);
        var e = await Assert.ThrowsAsync<FileNotFoundException>(() => _box.LoadAsync("mnist"));
        Assert.Equal($"{_directory}: t10k-images-idx3-ubyte is missing, expected {Expected}", e.Message);
    }

    [Theory]
    [InlineData(true, "mnist")]
    [InlineData(false, "mnist")]
    [InlineData(true, "auto")]
    [InlineData(false, "auto")]
    public async Task A_file_of_the_right_form_and_the_wrong_content(bool byVariable, string name)
    {
        _box.Mnist.WriteTo(_directory);
        string file = Path.Combine(_directory, "t10k-images-idx3-ubyte.gz");
        File.WriteAllBytes(file, TinySet.Gzip(TinySet.Images(3, 77)));
        Name(byVariable);
        var e = await Assert.ThrowsAsync<InvalidDataException>(() => _box.LoadAsync(name));
        Assert.StartsWith($"{file}: the SHA-256 of its content is ", e.Message, StringComparison.Ordinal);
        Assert.EndsWith($", expected {_box.Mnist.Known.TestImages.Sha256}.", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_truncated_file(bool byVariable)
    {
        _box.Mnist.WriteTo(_directory);
        string file = Path.Combine(_directory, "train-labels-idx1-ubyte.gz");
        File.WriteAllBytes(file, TinySet.Labels(6)[..^1]);
        Name(byVariable);
        var e = await Assert.ThrowsAsync<InvalidDataException>(() => _box.LoadAsync("mnist"));
        Assert.Equal($"{file}: truncated, 13 bytes, expected 14 for the 6 items it declares.", e.Message);
    }

    [Fact]
    public async Task Another_data_set()
    {
        _box.Fashion.WriteTo(_directory);
        _box.Options = _box.Options with { Directory = _directory };
        var e = await Assert.ThrowsAsync<InvalidDataException>(() => _box.LoadAsync("mnist"));
        Assert.Equal(
            $"{Path.Combine(_directory, "train-images-idx3-ubyte.gz")}: this is FASHION-MNIST, expected MNIST; ask for "
            + "'fashion-mnist' or name another directory.",
            e.Message);
    }

    private void Name(bool byVariable) => _box.Options = byVariable
        ? _box.Options with { EnvironmentDirectory = _directory }
        : _box.Options with { Directory = _directory };
}
