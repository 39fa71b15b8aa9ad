using System.Diagnostics;
using TinyQuant.Data.IO;

namespace TinyQuant.Data.Tests;

/// <summary>Where links lead, and which are followed for writing.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")] // modes and pipes
public sealed class FilePlaceTests : IDisposable
{
    private const uint Root = 0;
    private const uint User = 1000;
    private const uint Other = 1001;
    private const uint Unknown = uint.MaxValue;

    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(true, Other)]
    [InlineData(true, Unknown)]
    [InlineData(true, User, Root)]
    [InlineData(true, Root, Root)]
    [InlineData(true, Root, User)]
    [InlineData(true, Other, Other)]
    [InlineData(false, Other, Root)]
    [InlineData(false, Other, User)]
    [InlineData(false, Unknown, Root)]
    [InlineData(false, Other, Other, Root)] // in a folder of theirs below the system's temporary one
    public void A_link_below_a_shared_folder_is_followed_if_it_is_one_s_own(
        bool follows, uint link, params uint[] folders)
    {
        uint? Owner(uint user) => user == Unknown ? null : user;

        Assert.Equal(follows, FilePlace.MayFollow(Owner(link), User, [.. folders.Select(Owner)]));
    }

    [RootFact]
    public void A_link_of_another_user_in_a_shared_folder_is_not_followed()
    {
        File.WriteAllText(_temp["model"], "mine");
        string shared = Shared("shared");
        Link("shared/link", _temp["model"], Other);
        Link("shared/folder", _temp.Path, Other);
        Directory.CreateDirectory(_temp["shared/theirs"]);
        Link("shared/theirs/link", _temp["model"], Other);
        Give("shared/theirs", Other);
        Link("shared/mine", _temp["model"], Root);

        foreach (string path in new[] { "link", "folder/model", "folder/new", "theirs/link" })
        {
            var refused = Assert.Throws<UnauthorizedAccessException>(() =>
                AtomicFile.WriteAllText(Path.Combine(shared, path), "new"));
            Assert.Contains("is a link in a folder that all may write to, and not of this user", refused.Message,
                StringComparison.Ordinal);
        }

        Assert.Equal("mine", File.ReadAllText(_temp["model"]));
        Assert.DoesNotContain(_temp.Files(), file => file.EndsWith(".tmp", StringComparison.Ordinal) || file == "new");

        AtomicFile.WriteAllText(Path.Combine(shared, "mine"), "new");
        Assert.Equal("new", File.ReadAllText(_temp["model"]));
        // 755: where only the owner can lay links, they mean something
        File.SetUnixFileMode(shared, (UnixFileMode)0x1ed);
        AtomicFile.WriteAllText(Path.Combine(shared, "link"), "newer");
        Assert.Equal("newer", File.ReadAllText(_temp["model"]));
    }

    /// <summary>A file that another user opened to all does not open this user's to all.</summary>
    [RootFact]
    public void A_file_of_another_user_hands_on_no_more_than_a_new_one_has()
    {
        File.WriteAllText(_temp["theirs"], "old");
        File.WriteAllText(_temp["plain"], "");
        File.SetUnixFileMode(_temp["theirs"], (UnixFileMode)0x1b6); // 666
        Give("theirs", Other);

        AtomicFile.WriteAllText(_temp["theirs"], "new");

        Assert.Equal(File.GetUnixFileMode(_temp["plain"]), File.GetUnixFileMode(_temp["theirs"]));
    }

    [Fact]
    public void Links_lead_where_the_system_takes_them()
    {
        Directory.CreateDirectory(_temp["a/b"]);
        Directory.CreateDirectory(_temp["c"]);
        File.WriteAllText(_temp["a/file"], "");
        File.CreateSymbolicLink(_temp["c/up"], "../a/b");
        File.CreateSymbolicLink(_temp["c/file"], "up/../file"); // a/b/../file: not c/file, as its text would have it
        File.CreateSymbolicLink(_temp["c/absolute"], _temp["c/file"]);
        File.CreateSymbolicLink(_temp["c/new"], "../new");

        string real = FilePlace.Of(_temp.Path);
        Assert.Equal(Path.Combine(real, "a/file"), FilePlace.Of(_temp["c/absolute"]));
        Assert.Equal(Path.Combine(real, "a/b/x"), FilePlace.Of(_temp["c/up/x"]));
        Assert.Equal(Path.Combine(real, "new"), FilePlace.Of(_temp["c/new"]));
        Assert.Equal("/dev/stdout", FilePlace.Of("/dev/stdout"));
    }

    [Fact]
    public void Links_in_a_circle_are_told()
    {
        File.CreateSymbolicLink(_temp["a"], "b");
        File.CreateSymbolicLink(_temp["b"], "a");

        Assert.Contains("leads in a circle",
            Assert.Throws<IOException>(() => AtomicFile.WriteAllText(_temp["a"], "")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_is_looked_for_in_the_directories_of_PATH_alone()
    {
        string[] programs = ["bin/tool", "here/tool", "later/tool"];
        foreach (string file in programs.Append("first/tool"))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_temp[file])!);
            File.WriteAllText(_temp[file], "");
        }

        foreach (string program in programs)
        {
            File.SetUnixFileMode(_temp[program], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), _temp["here"]);

        Assert.Equal(_temp["bin/tool"],
            ProgramPath.Find(
                "tool", $":.:{relative}:{_temp["none"]}:{_temp["first"]}:{_temp["bin"]}:{_temp["later"]}"));
        Assert.Null(ProgramPath.Find("tool", $":{relative}"));
        Assert.Equal("/any/tool", ProgramPath.Find("/any/tool", ""));
    }

    private string Shared(string name)
    {
        Directory.CreateDirectory(_temp[name]);
        File.SetUnixFileMode(_temp[name], (UnixFileMode)0x3ff); // 1777
        return _temp[name];
    }

    private void Link(string name, string target, uint owner)
    {
        File.CreateSymbolicLink(_temp[name], target);
        Give(name, owner);
    }

    private void Give(string name, uint owner)
    {
        using Process chown = Process.Start(
            "chown", ["-h", owner.ToString(System.Globalization.CultureInfo.InvariantCulture), _temp[name]]);
        chown.WaitForExit();
        Assert.Equal(0, chown.ExitCode);
    }
}
