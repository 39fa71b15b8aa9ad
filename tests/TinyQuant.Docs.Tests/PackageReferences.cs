using System.Collections.Immutable;
using System.Reflection;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using TinyQuant.Tests;

namespace TinyQuant.Docs.Tests;

/// <summary>
/// What a project refers to that has every package of ours with a library in it: those assemblies, and the frameworks.
/// </summary>
internal static class PackageReferences
{
    private static readonly string[] s_frameworks = ["System.", "Microsoft.AspNetCore.", "Microsoft.Extensions."];

    private static readonly Lazy<ImmutableArray<MetadataReference>> s_all = new(() =>
        [.. Trusted().Where(IsOfFramework).Concat(Files).Select(path => MetadataReference.CreateFromFile(path))]);

    private static readonly Lazy<string> s_usings = new(() => string.Concat(
        Files.Select(Assembly.LoadFrom).SelectMany(a => a.GetExportedTypes()).Select(t => t.Namespace)
            .Concat(["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading",
                "System.Threading.Tasks"])
            .OfType<string>().Distinct().Select(n => $"global using {n};\n")));

    /// <summary>
    /// The packages of src/Packages.proj that are libraries, by the name of their project, which is that of the
    /// assembly.
    /// </summary>
    public static IEnumerable<string> Libraries =>
        XDocument.Load(Repository.File("src", "Packages.proj")).Descendants("Package").Single()
        .Attribute("Include")!.Value.Split(';')
        .Where(project => project is not ("TinyQuant.Tool" or "TinyQuant.Templates"));

    /// <summary>Their assemblies.</summary>
    public static IEnumerable<string> Files =>
        Libraries.Select(name => Path.Combine(AppContext.BaseDirectory, name + ".dll"));

    public static ImmutableArray<MetadataReference> All => s_all.Value;

    /// <summary>
    /// Their namespaces and those that .NET's projects use implicitly, for fragments, which name none.
    /// </summary>
    public static string Usings => s_usings.Value;

    private static IEnumerable<string> Trusted() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);

    private static bool IsOfFramework(string path) =>
        s_frameworks.Any(f => Path.GetFileName(path).StartsWith(f, StringComparison.Ordinal));
}
