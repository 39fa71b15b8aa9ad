namespace TinyQuant.Data.Tests;

public sealed class SourceOrderTests : IDisposable
{
    private readonly Sandbox _box = new();

    public void Dispose() => _box.Dispose();

    [Fact]
    public async Task The_directory_comes_first_then_the_variable_the_cache_and_the_mirrors()
    {
        _box.Mnist.WriteTo(_box.Temp["given"]);
        _box.Mnist.WriteTo(_box.Temp["variable"]);
        _box.Mnist.WriteTo(_box.Temp["cache/mnist"]);
        _box.Http.Serve(_box.Mnist);

        _box.Options = _box.Options with
        {
            Directory = _box.Temp["given"],
            EnvironmentDirectory = _box.Temp["variable"],
        };
        Assert.Equal($"directory {_box.Temp["given"]}", await SourceAsync("mnist"));

        _box.Options = _box.Options with { Directory = null };
        Assert.Equal($"directory {_box.Temp["variable"]}", await SourceAsync("mnist"));

        _box.Options = _box.Options with { EnvironmentDirectory = null };
        Assert.Equal($"cache {_box.Temp["cache/mnist"]}", await SourceAsync("mnist"));
        Assert.Empty(_box.Http.Requests);

        Directory.Delete(_box.Temp["cache"], recursive: true);
        Assert.Equal($"downloaded from one.example into {_box.Temp["cache/mnist"]}", await SourceAsync("mnist"));
    }

    [Fact]
    public async Task Fashion_comes_from_the_cache_then_the_installed_package_then_apt()
    {
        _box.Fashion.WriteTo(_box.Temp["cache/fashion-mnist"]);
        _box.Fashion.WriteTo(_box.Temp["system/fashion-mnist"]);
        _box.Apt.Carry(_box.Fashion);

        Assert.Equal($"cache {_box.Temp["cache/fashion-mnist"]}", await SourceAsync("fashion-mnist"));

        Directory.Delete(_box.Temp["cache"], recursive: true);
        Assert.Equal(
            $"package dataset-fashion-mnist in {_box.Temp["system/fashion-mnist"]}",
            await SourceAsync("fashion-mnist"));
        Assert.Empty(_box.Apt.Commands);

        Directory.Delete(_box.Temp["system"], recursive: true);
        Assert.Equal(
            $"package dataset-fashion-mnist, unpacked into {_box.Temp["cache/fashion-mnist"]}",
            await SourceAsync("fashion-mnist"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("mnist")]
    public async Task Files_may_be_plain_and_in_a_subdirectory_of_the_name(string sub)
    {
        string directory = Path.Combine(_box.Temp["given"], sub);
        _box.Mnist.WriteTo(directory);
        File.Delete(Path.Combine(directory, "t10k-labels-idx1-ubyte.gz"));
        File.WriteAllBytes(
            Path.Combine(directory, "t10k-labels-idx1-ubyte"), _box.Mnist.Content("t10k-labels-idx1-ubyte"));
        _box.Options = _box.Options with { Directory = _box.Temp["given"] };

        DataSet data = (await _box.LoadAsync("mnist")).Data;

        Assert.Equal(("mnist", "mnist/train", "mnist/test"), (data.Name, data.Train.Name, data.Test.Name));
        Assert.Equal((6, 3, 4, 5), (data.Train.Count, data.Test.Count, data.Test.Rows, data.Test.Columns));
        Assert.Equal(["a", "b"], data.ClassNames.ToArray());
        Assert.Equal(_box.Mnist.Content("t10k-images-idx3-ubyte")[36..56], data.TestImages.Image(1).ToArray());
    }

    [Fact]
    public async Task A_variable_that_names_a_directory_without_data_is_passed_over_with_a_note()
    {
        _box.Mnist.WriteTo(_box.Temp["cache/mnist"]);
        _box.Options = _box.Options with { EnvironmentDirectory = _box.Temp["nowhere"] };

        DataSetLoadResult result = await _box.LoadAsync("mnist");

        Assert.StartsWith("cache ", result.Data.Source, StringComparison.Ordinal);
        Assert.Equal([$"TINYQUANT_DATA: {_box.Temp["nowhere"]} has no files of MNIST."], result.Notes.ToArray());
    }

    [Fact]
    public async Task A_variable_that_names_another_data_set_is_passed_over_with_a_note()
    {
        _box.Fashion.WriteTo(_box.Temp["variable"]);
        _box.Mnist.WriteTo(_box.Temp["cache/mnist"]);
        _box.Options = _box.Options with { EnvironmentDirectory = _box.Temp["variable"] };

        DataSetLoadResult result = await _box.LoadAsync("mnist");

        Assert.StartsWith("cache ", result.Data.Source, StringComparison.Ordinal);
        string file = Path.Combine(_box.Temp["variable"], "train-images-idx3-ubyte.gz");
        Assert.Equal([$"TINYQUANT_DATA: {file}: this is FASHION-MNIST, expected MNIST."], result.Notes.ToArray());
    }

    private async Task<string> SourceAsync(string name)
    {
        DataSetLoadResult result = await _box.LoadAsync(name);
        Assert.Empty(result.Notes);
        return result.Data.Source;
    }
}
