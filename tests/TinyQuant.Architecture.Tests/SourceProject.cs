using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TinyQuant.Architecture.Tests;

/// <summary>A project of the solution, compiled again from what its build listed.</summary>
internal sealed class SourceProject
{
    private const string Listing = "compilation.txt";

    private SourceProject(string directory, CSharpCompilation compilation)
    {
        Directory = directory;
        Compilation = compilation;
    }

    /// <summary>The folder of the project file.</summary>
    public string Directory { get; }

    /// <summary>The folder relative to the repository.</summary>
    public string Name => Path.GetRelativePath(Repository.Root, Directory).Replace('\\', '/');

    public CSharpCompilation Compilation { get; }

    /// <summary>
    /// Its own files: not those that it links from another project, which are looked at there, nor what a build makes.
    /// </summary>
    public IEnumerable<SyntaxTree> OwnTrees => Compilation.SyntaxTrees.Where(t => IsOwn(t.FilePath));

    /// <summary>Whether a file lies in the project's folder.</summary>
    public bool IsOwn(string path) =>
        path.StartsWith(Directory + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>A file's path for people, relative to the project.</summary>
    public string Shown(string path) => Path.GetRelativePath(Directory, path).Replace('\\', '/');

    /// <summary>The folder of a file of its own, relative to the project; empty for the project's own folder.</summary>
    public string FolderOf(string path) => Path.GetDirectoryName(Shown(path))!;

    /// <summary>Every project whose folders are held to be in order: all of <c>src/</c>, and the gateway.</summary>
    public static IEnumerable<string> Names =>
        System.IO.Directory.EnumerateFiles(Repository.File("src"), "*.csproj", SearchOption.AllDirectories)
        .Where(p => Path.GetDirectoryName(Path.GetDirectoryName(p)) == Repository.File("src"))
        .Append(Repository.File("samples", "Gateway", "Gateway.csproj"))
        .Select(p => Path.GetRelativePath(Repository.Root, p).Replace('\\', '/'))
        // a package of files, without code of its own
        .Where(p => !p.Contains("TinyQuant.Templates", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    public static SourceProject Load(string name)
    {
        string[] listed = File.ReadAllLines(
            Path.Combine(Intermediate(Path.GetFileNameWithoutExtension(name)), Listing));
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14)
            .WithPreprocessorSymbols(Values(listed, "symbol"));
        IEnumerable<SyntaxTree> trees = Values(listed, "source").AsParallel().AsOrdered()
            .Select(p => CSharpSyntaxTree.ParseText(File.ReadAllText(p), options, p)).ToList();
        return new SourceProject(
            Path.GetDirectoryName(Repository.File(name))!,
            CSharpCompilation.Create(
                "sources", trees, Values(listed, "reference").Select(p => MetadataReference.CreateFromFile(p)),
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true,
                    nullableContextOptions: NullableContextOptions.Enable)));
    }

    /// <summary>Where the build of these tests' configuration left what it made for a project.</summary>
    private static string Intermediate(string project)
    {
        string configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        // a project with several frameworks has a folder for each
        string[] names = [configuration, $"{configuration}_net10.0"];
        // A folder of older builds may still be there.
        return names.Select(n => Repository.File("artifacts", "obj", project, n))
            .Where(d => File.Exists(Path.Combine(d, Listing)))
            .MaxBy(d => File.GetLastWriteTimeUtc(Path.Combine(d, Listing)))!;
    }

    private static IEnumerable<string> Values(string[] lines, string key) =>
        lines.Where(l => l.StartsWith(key + "=", StringComparison.Ordinal)).Select(l => l[(key.Length + 1)..]);
}
