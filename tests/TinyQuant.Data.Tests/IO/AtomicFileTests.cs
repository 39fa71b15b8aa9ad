using TinyQuant.Data.IO;

namespace TinyQuant.Data.Tests;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")] // modes and pipes
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
    public void A_link_to_nothing_makes_the_file_that_it_names()
    {
        Directory.CreateDirectory(_temp["a"]);
        File.CreateSymbolicLink(_temp["link"], "a/new");

        AtomicFile.WriteAllText(_temp["link"], "new");

        Assert.Equal(["a/new", "link"], _temp.Files());
        Assert.Equal("new", File.ReadAllText(_temp["a/new"]));
    }

    [Fact]
    public void Another_hard_link_keeps_the_old_content()
    {
        AtomicFile.WriteAllText(_temp["real"], "old");
        using (var ln = System.Diagnostics.Process.Start("ln", [_temp["real"], _temp["hard"]]))
        {
            ln.WaitForExit();
        }

        Assert.True(FileStatus.Of(_temp["real"]) is { } status && status == FileStatus.Of(_temp["hard"]));

        AtomicFile.WriteAllText(_temp["hard"], "new");

        Assert.Equal("old", File.ReadAllText(_temp["real"]));
    }

    [Theory]
    [InlineData(0x180)] // 600
    [InlineData(0x1ed)] // 755
    [InlineData(0x1b0)] // 660
    [InlineData(0x1ff)] // 777
    public void A_replaced_file_keeps_its_mode_and_is_no_wider_meanwhile(int mode)
    {
        File.WriteAllText(_temp["a"], "old");
        File.SetUnixFileMode(_temp["a"], (UnixFileMode)mode);

        AtomicFile.Write(_temp["a"], stream => Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(_temp[_temp.Files().First(f => f != "a")])));

        Assert.Equal((UnixFileMode)mode, File.GetUnixFileMode(_temp["a"]));
    }

    [Fact]
    public void A_new_file_has_the_mode_that_any_new_file_has()
    {
        File.WriteAllText(_temp["plain"], "");

        AtomicFile.WriteAllText(_temp["a"], "");

        Assert.Equal(File.GetUnixFileMode(_temp["plain"]), File.GetUnixFileMode(_temp["a"]));
    }

    [Fact]
    public void A_read_only_file_is_not_replaced() // root's neither: it was made so on purpose
    {
        File.WriteAllText(_temp["a"], "old");
        File.SetUnixFileMode(_temp["a"], UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        var refused = Assert.Throws<UnauthorizedAccessException>(() => AtomicFile.WriteAllText(_temp["a"], "new"));

        Assert.Equal(
            $"'{_temp["a"]}' is read-only; expected a file that may be written to, or another name.", refused.Message);
        Assert.Equal("old", File.ReadAllText(_temp["a"]));
        Assert.Equal(["a"], _temp.Files());
    }

    [Fact]
    public void A_name_as_long_as_the_system_takes_is_written()
    {
        string name = new('n', 255);
        AtomicFile.WriteAllText(_temp[name], "new");

        Assert.Equal([name], _temp.Files());
        Assert.ThrowsAny<IOException>(() => AtomicFile.WriteAllText(_temp[name + "n"], "new"));
        Assert.Equal([name], _temp.Files());
    }

    [Fact]
    public void A_full_disk_leaves_the_old_file_and_nothing_else()
    {
        AtomicFile.WriteAllText(_temp["a"], "old");
        File.CreateSymbolicLink(_temp["full"], "/dev/full");

        Assert.Throws<IOException>(() => AtomicFile.Write(_temp["a"], stream =>
        {
            stream.Write(new byte[1 << 17]);
            throw new IOException("No space left on device");
        }));
        IOException full = Assert.Throws<IOException>(() => AtomicFile.WriteAllText(_temp["full"], "new"));

        Assert.StartsWith(
            $"'{_temp["full"]}' cannot be written: No space left on device", full.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(_temp["a"]));
        Assert.Equal(["a", "full"], _temp.Files());
    }

    [Fact]
    public async Task A_pipe_is_written_to_as_it_is()
    {
        using (var make = System.Diagnostics.Process.Start("mkfifo", [_temp["pipe"]]))
        {
            make.WaitForExit();
        }

        File.CreateSymbolicLink(_temp["link"], "pipe");
        Task<string> read = Task.Run(() => File.ReadAllText(_temp["pipe"]));

        await Task.Run(() => AtomicFile.WriteAllText(_temp["link"], "new"));

        Assert.Equal("new", await read);
    }

    [Fact]
    public void A_device_is_written_to_as_it_is()
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle open = File.OpenHandle(
            _temp["a"], FileMode.Create, FileAccess.Write, FileShare.ReadWrite);

        // as /dev/stdout is; a test that fails breaks no device
        AtomicFile.WriteAllText($"/dev/fd/{open.DangerousGetHandle()}", "new");

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
