namespace TinyQuant.Data.Tests;

public sealed class AptPackageTests : IDisposable
{
    private readonly Sandbox _box = new();

    public void Dispose() => _box.Dispose();

    [Fact]
    public async Task The_package_is_fetched_and_unpacked_without_installing_it()
    {
        _box.Apt.Carry(_box.Fashion);

        DataSetLoadResult result = await _box.LoadAsync("fashion-mnist");

        Assert.Equal("fashion-mnist", result.Data.Name);
        Assert.Equal("apt-get dataset-fashion-mnist", _box.Apt.Commands[0]);
        Assert.StartsWith("dpkg-deb ", _box.Apt.Commands[1], StringComparison.Ordinal);
        Assert.Equal(4, Directory.GetFiles(_box.Temp["cache/fashion-mnist"]).Length);
        AssertCleanedUp();
    }

    [Fact]
    public async Task Without_apt_the_error_names_the_package()
    {
        Assert.Equal(
            $"FASHION-MNIST is not in {_box.Temp["cache/fashion-mnist"]} and cannot be fetched: apt-get is not there "
            + "to fetch the package dataset-fashion-mnist of Debian and Raspberry Pi OS. Install the package "
            + "dataset-fashion-mnist, or put train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, "
            + "t10k-labels-idx1-ubyte (each plain or .gz) into a directory and name it with --data or TINYQUANT_DATA.",
            await AssertUnavailableAsync());
        AssertCleanedUp();
    }

    [Fact]
    public async Task A_failure_of_apt_is_told_with_its_reason()
    {
        _box.Apt.Failure = new(100, "W: something\nE: Unable to locate package dataset-fashion-mnist\n");

        Assert.Contains(
            "apt-get ended with exit code 100: E: Unable to locate package dataset-fashion-mnist (apt-get update, as "
            + "root, may help)",
            await AssertUnavailableAsync(),
            StringComparison.Ordinal);
        AssertCleanedUp();
    }

    [Fact]
    public async Task A_package_with_another_content_is_refused()
    {
        _box.Apt.Carry(_box.Fashion);
        _box.Apt.AfterUnpack = directory => File.WriteAllBytes(
            Path.Combine(directory, "train-images-idx3-ubyte.gz"), TinySet.Images(6, 3));

        Assert.Contains(
            $", expected {_box.Fashion.Known.TrainImages.Sha256}",
            await AssertUnavailableAsync(),
            StringComparison.Ordinal);
        Assert.Empty(_box.Temp.Files());
    }

    [Fact]
    public async Task A_package_without_the_files_is_refused()
    {
        _box.Apt.Carry(_box.Fashion);
        _box.Apt.AfterUnpack = directory => File.Delete(Path.Combine(directory, "train-images-idx3-ubyte.gz"));

        Assert.Contains(
            "the package dataset-fashion-mnist has no train-images-idx3-ubyte",
            await AssertUnavailableAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_installation_is_noted_and_passed_over()
    {
        _box.Fashion.WriteTo(_box.Temp["system/fashion-mnist"]);
        string damaged = Path.Combine(_box.Temp["system/fashion-mnist"], "t10k-labels-idx1-ubyte.gz");
        File.WriteAllBytes(damaged, []);
        _box.Apt.Carry(_box.Fashion);

        DataSetLoadResult result = await _box.LoadAsync("fashion-mnist");

        Assert.Equal(
            $"Not used, to be fetched again: {damaged}: truncated, 0 bytes of its 8-byte head.",
            Assert.Single(result.Notes));
    }

    [Fact]
    public async Task The_runner_tells_of_a_missing_program_by_name()
    {
        var e = await Assert.ThrowsAsync<FileNotFoundException>(() => new ProcessRunner().RunAsync(
            "tinyquant-no-such-program", [], _box.Temp.Path, CancellationToken.None));

        Assert.Equal("tinyquant-no-such-program", e.FileName);
    }

    private async Task<string> AssertUnavailableAsync() =>
        (await Assert.ThrowsAsync<DataSetUnavailableException>(() => _box.LoadAsync("fashion-mnist"))).Message;

    private void AssertCleanedUp() =>
        Assert.All(_box.Apt.Directories, directory => Assert.False(Directory.Exists(directory)));
}
