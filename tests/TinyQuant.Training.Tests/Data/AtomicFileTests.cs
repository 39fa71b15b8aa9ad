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

    [Fact]
    public void A_link_stays_one()
    {
        AtomicFile.WriteAllText(_temp["real"], "old");
        File.CreateSymbolicLink(_temp["link"], _temp["real"]);

        AtomicFile.WriteAllText(_temp["link"], "new");

        Assert.Equal("new", File.ReadAllText(_temp["real"]));
        Assert.NotNull(new FileInfo(_temp["link"]).LinkTarget);
    }

    [Fact]
    public void A_device_is_written_to_as_it_is()
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle open = File.OpenHandle(_temp["a"], FileMode.Create, FileAccess.Write, FileShare.ReadWrite);

        AtomicFile.WriteAllText($"/dev/fd/{open.DangerousGetHandle()}", "new"); // as /dev/stdout is; a test that fails breaks no device

        Assert.Equal("new", File.ReadAllText(_temp["a"]));
    }

    [Fact]
    public void An_error_names_the_file_and_not_the_temporary_one()
    {
        AtomicFile.WriteAllText(_temp["a"], "old");

        var e = Assert.ThrowsAny<IOException>(() => AtomicFile.WriteAllText(_temp["a/b.txt"], "new"));

        Assert.StartsWith($"'{_temp["a/b.txt"]}' cannot be written: ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", e.Message, StringComparison.Ordinal);
    }
}
