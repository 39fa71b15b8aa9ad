namespace TinyQuant.Data.Tests;

public sealed class AutoTests : IDisposable
{
    private readonly Sandbox _box = new();

    public void Dispose() => _box.Dispose();

    [Fact]
    public async Task It_prefers_mnist()
    {
        _box.Mnist.WriteTo(_box.Temp["cache/mnist"]);
        _box.Fashion.WriteTo(_box.Temp["cache/fashion-mnist"]);

        DataSetLoadResult result = await _box.LoadAsync("auto");

        Assert.Equal("mnist", result.Data.Name);
        Assert.Empty(result.Notes);
    }

    [Fact]
    public async Task It_falls_back_to_fashion_and_says_why()
    {
        _box.Apt.Carry(_box.Fashion);

        DataSetLoadResult result = await _box.LoadAsync("auto");

        Assert.Equal("fashion-mnist", result.Data.Name);
        Assert.StartsWith("MNIST is not in ", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_falls_back_to_strokes_and_says_why()
    {
        DataSetLoadResult result = await _box.LoadAsync("auto");

        Assert.Equal("strokes", result.Data.Name);
        Assert.Equal((20, 10), (result.Data.Train.Count, result.Data.Test.Count));
        Assert.Equal(["MNIST", "FASHION-MNIST"], result.Notes.Select(note => note.Split(' ')[0]));
    }

    [Theory]
    [InlineData("variable")]
    [InlineData("given")]
    public async Task It_takes_what_the_named_directory_holds(string directory)
    {
        _box.Mnist.WriteTo(_box.Temp["cache/mnist"]);
        _box.Fashion.WriteTo(_box.Temp[directory]);
        _box.Options = directory == "given"
            ? _box.Options with { Directory = _box.Temp[directory] }
            : _box.Options with { EnvironmentDirectory = _box.Temp[directory] };

        Assert.Equal("fashion-mnist", (await _box.LoadAsync("auto")).Data.Name);
    }

    [Fact]
    public async Task Strokes_need_no_place()
    {
        Assert.Equal("strokes", (await _box.LoadAsync("strokes")).Data.Name);
        Assert.Empty(_box.Temp.Files());
    }

    [Fact]
    public async Task An_unknown_name_is_told_the_known_ones()
    {
        var e = await Assert.ThrowsAsync<ArgumentException>(() => _box.LoadAsync("cifar"));
        Assert.StartsWith(
            "There is no data set 'cifar', expected one of mnist, fashion-mnist, strokes, auto.",
            e.Message,
            StringComparison.Ordinal);
    }
}
