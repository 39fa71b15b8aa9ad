using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using TinyQuant.Sizing.Programs;
using TinyQuant.Sizing.Publishing;
using TinyQuant.Tests;

namespace TinyQuant.Sizing.Tests;

/// <summary>What others lay where <c>dotnet</c> and MSBuild look for files to obey.</summary>
[UnsupportedOSPlatform("windows")] // modes and owners
public sealed class StrangersFilesTests : IDisposable
{
    private const UnixFileMode Shared = (UnixFileMode)0x3ff; // 1777
    private const UnixFileMode Own = (UnixFileMode)0x1c0; // 700

    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    /// <summary>
    /// Everything that MSBuild and the SDK look for upwards from a project: obeyed by any program, and not by ours.
    /// </summary>
    [Fact]
    public async Task What_lies_above_the_program_is_not_obeyed()
    {
        string Sets(string name) => $"<Project><PropertyGroup><{name}>obeyed</{name}></PropertyGroup></Project>";
        File.WriteAllText(_temp["Directory.Build.props"], Sets("Props"));
        File.WriteAllText(_temp["Directory.Build.targets"], Sets("Targets"));
        File.WriteAllText(_temp["Directory.Packages.props"], Sets("Packages"));
        File.WriteAllText(_temp["Directory.Build.rsp"], "-p:Response=obeyed");
        File.WriteAllText(_temp[".editorconfig"], "[*.cs]\ndotnet_diagnostic.CS0219.severity = error\n");
        File.WriteAllText(_temp[".globalconfig"], "is_global = true\ndotnet_diagnostic.CS0219.severity = error\n");
        SizedProgram.Write(_temp["ours"], new LibrarySource("", "/", "nothing"), null);
        Directory.CreateDirectory(_temp["any"]);
        File.WriteAllText(_temp["any/sized.csproj"],
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        File.WriteAllText(_temp["any/Program.cs"], "");

        Assert.Equal(
            [".editorconfig", ".globalconfig", "Packages", "Props", "Response", "Targets"], await ObeyedAsync("any"));
        Assert.Empty(await ObeyedAsync("ours"));
        // the nearest is the one
        Assert.Contains("global.json", Directory.EnumerateFiles(_temp["ours"]).Select(Path.GetFileName));
    }

    /// <summary>The command runs in folders of any name, and hands their paths to MSBuild.</summary>
    [Fact]
    public async Task A_folder_s_name_sets_no_property()
    {
        const string folder = "/x;Evil=yes,Evil=yes/100%41 $(HOME) @(y) 'z' *?/a=b";
        SizedProgram.Write(_temp.Path, new LibrarySource("", "/", "nothing"), null);

        ProcessRun run = await ProcessRun.RunAsync("dotnet",
        [
            "msbuild", _temp["sized.csproj"], "-nologo", "-nodeReuse:false",
            "-getProperty:Evil,RestoreRootConfigDirectory",
            "-p:RestoreRootConfigDirectory=" + MSBuildText.Escape(folder),
        ]);

        JsonNode set = JsonNode.Parse(run.Output)!["Properties"]!;
        Assert.Equal(("", folder), (set["Evil"]!.ToString(), set["RestoreRootConfigDirectory"]!.ToString()));
    }

    [Fact]
    public void The_program_is_built_where_nobody_else_writes()
    {
        string made = PrivateFolder.Create([_temp["shared"], _temp["locked"], _temp["cache"]],
            place => !place.EndsWith("shared", StringComparison.Ordinal));
        Assert.Equal(_temp["locked"], Path.GetDirectoryName(made));
        Assert.Equal(Own, File.GetUnixFileMode(made));

        File.WriteAllText(_temp["file"], "");
        made = PrivateFolder.Create([null, _temp["file/no home"], _temp["cache"]], _ => true);
        Assert.Equal(_temp["cache"], Path.GetDirectoryName(made));

        made = PrivateFolder.Create([_temp["cache"], null], _ => false);
        Assert.Equal(Path.TrimEndingDirectorySeparator(Path.GetTempPath()), Path.GetDirectoryName(made));
        Assert.Equal(Own, File.GetUnixFileMode(made));
        Directory.Delete(made);
    }

    [Fact]
    public void A_folder_below_one_that_others_may_write_to_is_not_private()
    {
        Directory.CreateDirectory(_temp["shared/mine"]);
        File.SetUnixFileMode(_temp["shared"], Shared);
        File.SetUnixFileMode(_temp["shared/mine"], Own);

        Assert.False(PrivateFolder.IsPrivate(_temp["shared/mine"]));
        Assert.False(PrivateFolder.IsPrivate(_temp["shared/mine/not/there/yet"]));
        Assert.True(PrivateFolder.IsPrivate("/usr/lib"));
    }

    [RootFact]
    public void Files_of_another_user_above_the_directory_are_refused()
    {
        Directory.CreateDirectory(_temp["shared/here"]);
        File.SetUnixFileMode(_temp["shared"], Shared);
        ForeignFiles.Refuse(_temp["shared/here"]);

        foreach (string name in new[] { "global.json", "NuGet.config", "nuget.config" })
        {
            string file = _temp["shared/" + name];
            File.WriteAllText(file, "{}");
            ForeignFiles.Refuse(_temp["shared/here"]);
            using (Process chown = Process.Start("chown", ["1001", file]))
            {
                chown.WaitForExit();
            }

            IOException refused = Assert.Throws<IOException>(() => ForeignFiles.Refuse(_temp["shared/here"]));
            Assert.StartsWith($"'{file}' is of another user, in a folder that all may write to", refused.Message,
                StringComparison.Ordinal);
            if (name == "global.json")
            {
                File.WriteAllText(_temp["shared/here/global.json"], "{}");
                ForeignFiles.Refuse(_temp["shared/here"]); // the nearest one is this user's
            }

            File.Delete(file);
        }
    }

    /// <summary>What of these files a build of a project obeys.</summary>
    private async Task<IEnumerable<string>> ObeyedAsync(string project)
    {
        ProcessRun run = await ProcessRun.RunAsync(
            "dotnet",
            ["msbuild", _temp[project + "/sized.csproj"], "-nologo", "-nodeReuse:false",
                "-getProperty:Props,Targets,Packages,Response", "-getItem:EditorConfigFiles"]);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        JsonNode found = JsonNode.Parse(run.Output)!;
        return found["Properties"]!.AsObject().Where(p => p.Value!.ToString() == "obeyed").Select(p => p.Key)
            .Concat(found["Items"]!["EditorConfigFiles"]!.AsArray()
            .Select(f => Path.GetFileName(f!["Identity"]!.ToString())))
            .Distinct()
            .Order(StringComparer.Ordinal);
    }
}
