using TinyQuant.Training.IO;

namespace TinyQuant.Training.Tests.Data;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void It_makes_the_directory_and_leaves_nothing_else()
    {
        AtomicFile.WriteAllText(_temp["a/b.txt"], "ü");

        Assert.Equal(["a/b.txt"], _temp.Files());
        Assert.Equal([0xC3, 0xBC], File.ReadAllBytes(_temp["a/b.txt"]));
    }

    [Fact]
    public void A_failure_leaves_the_old_file_alone()
    {
        AtomicFile.WriteAllText(_temp["a"], "old");

        Assert.Throws<TimeoutException>(() => AtomicFile.Write(_temp["a"], stream =>
        {
            stream.Write("new"u8);
            throw new TimeoutException();
        }));

        Assert.Equal("old", File.ReadAllText(_temp["a"]));
        Assert.Equal(["a"], _temp.Files());
    }

    [Fact]
    public async Task It_writes_asynchronously()
    {
        await AtomicFile.WriteAsync(
            _temp["a"],
            (stream, token) => stream.WriteAsync("new"u8.ToArray(), token).AsTask(),
            CancellationToken.None);

        Assert.Equal("new", File.ReadAllText(_temp["a"]));
        Assert.Equal(["a"], _temp.Files());
    }

    [Fact]
    public async Task Cancellation_leaves_the_old_file_alone()
    {
        AtomicFile.WriteAllText(_temp["a"], "old");
        using var source = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AtomicFile.WriteAsync(
            _temp["a"],
            async (stream, token) =>
            {
                await stream.WriteAsync("new"u8.ToArray(), token);
                await source.CancelAsync();
            },
            source.Token));

        Assert.Equal("old", File.ReadAllText(_temp["a"]));
        Assert.Equal(["a"], _temp.Files());
    }

    [Fact]
    public void A_directory_in_the_place_of_the_file_is_an_error()
    {
        Directory.CreateDirectory(_temp["a"]);

        Assert.ThrowsAny<Exception>(() => AtomicFile.WriteAllText(_temp["a"], "new"));
        Assert.Empty(_temp.Files());
    }
}
