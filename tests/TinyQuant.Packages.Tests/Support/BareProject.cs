using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TinyQuant.Tests;

namespace TinyQuant.Packages.Tests.Support;

/// <summary>
/// The package's targets in a project with nothing else in it, so that a build takes half a second: CoreCompile says
/// which files a compiler would get, and runs when .NET's would: when an input is newer than what it made.
/// </summary>
internal sealed partial class BareProject(Folder folder, string name = "app.proj")
{
    // the folder is below the system's temporary one, where anybody can lay a Directory.Build.rsp
    private const string Alone = "-noAutoResponse";

    /// <summary>Writes the project.</summary>
    public BareProject Write(string items = "", string properties = "")
    {
        File.WriteAllText(folder.File(name), $"""
            <Project>
              <PropertyGroup>
                <IntermediateOutputPath>obj\Debug/</IntermediateOutputPath>
                <TinyQuantTaskAssembly>{Repository.File("artifacts", "bin", "TinyQuant.Build", Configuration, "TinyQuant.Build.dll")}</TinyQuantTaskAssembly>
                {properties}
              </PropertyGroup>
              <ItemGroup>{items}</ItemGroup>
              <Target Name="SetupProperties" />
              <Target Name="CoreCompile" Inputs="$(MSBuildProjectFile);@(AdditionalFiles);@(CustomAdditionalCompileInputs)" Outputs="app.dll">
                <Message Importance="high" Text="compiled: %(AdditionalFiles.Filename)%(AdditionalFiles.Extension) of $([System.IO.Path]::GetFileName('%(AdditionalFiles.TinyQuantSource)'))" />
                <Touch Files="app.dll" AlwaysCreate="true" />
              </Target>
              <Import Project="{Repository.File("src", "TinyQuant.Build", "buildTransitive", "TinyQuant.targets")}" />
            </Project>
            """);
        return this;
    }

    /// <summary>
    /// What a build says of models, sorted: <c>imported: kws.tflite</c>, <c>compiled: kws.tqm of kws.tflite</c>, and
    /// errors and warnings as MSBuild prints them, with file names for paths.
    /// </summary>
    public async Task<IReadOnlyList<string>> BuildAsync(string target = "CoreCompile", params string[] properties)
    {
        string[] arguments = ["msbuild", folder.File(name), "-t:" + target, "-nologo", "-v:normal", "-nodeReuse:false",
            Alone, .. properties.Select(p => "-p:" + p)];
        ProcessRun run = await ProcessRun.RunAsync("dotnet", arguments);
        return [.. Said().Matches(run.Output).Select(m => Short(m.Value.Trim())).Distinct()
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>The values of two properties or more.</summary>
    public async Task<IReadOnlyDictionary<string, string>> PropertiesAsync(string[] names, params string[] properties)
    {
        ProcessRun run = await ProcessRun.RunAsync(
            "dotnet",
            ["msbuild", folder.File(name), "-getProperty:" + string.Join(',', names), "-nologo", Alone,
                .. properties.Select(p => "-p:" + p)]);
        return JsonNode.Parse(run.Output)!["Properties"]!.AsObject().ToDictionary(p => p.Key, p => p.Value!.ToString());
    }

    /// <summary>A metadata of all items of a kind.</summary>
    public async Task<IReadOnlyList<string>> MetadataAsync(string item, string metadata)
    {
        ProcessRun run = await ProcessRun.RunAsync(
            "dotnet", ["msbuild", folder.File(name), "-getItem:" + item, "-nologo", Alone]);
        return [.. JsonNode.Parse(run.Output)!["Items"]![item]!.AsArray().Select(i => i![metadata]!.ToString())];
    }

    /// <summary>The model files in obj/.</summary>
    public IEnumerable<string> Imported => Directory.Exists(folder.File("obj/Debug"))
        ? Directory.EnumerateFiles(folder.File("obj/Debug"), "*.tqm", SearchOption.AllDirectories)
        : [];

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Name;

    private string Short(string line)
    {
        Match import = Import().Match(line);
        return import.Success
            ? "imported: " + import.Groups[1].Value
            : Suffix().Replace(
                line.Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal), "");
    }

    [GeneratedRegex(@"^.*(?:error|warning) (?:TQ|MSB)\d+:.*$|^ *compiled: .*$|^ *\S.* -> .*\.tqm$",
        RegexOptions.Multiline)]
    private static partial Regex Said();

    [GeneratedRegex(@"(\S+) -> .*\.tqm$")]
    private static partial Regex Import();

    /// <summary>The help link and the project, and the number of the node in front.</summary>
    [GeneratedRegex(@"^\d+>| \(https://[^)]*\)(?= \[)| \[[^\]]*\]$")]
    private static partial Regex Suffix();
}
