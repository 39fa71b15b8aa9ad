using System.IO.Compression;
using System.Xml.Linq;
using TinyQuant.Tests;

namespace TinyQuant.Docs.Tests;

/// <summary>
/// The pages are compiled against what a reader can have: the assemblies that packages hold, and no more.
/// </summary>
public class PackageReferenceTests
{
    [Fact]
    public void References_of_ours_are_the_libraries_of_the_packages()
    {
        Assert.NotEmpty(PackageReferences.Libraries);
        Assert.Equal(
            PackageReferences.Libraries.Order(StringComparer.Ordinal),
            PackageReferences.All.Select(r => Path.GetFileNameWithoutExtension(r.Display!)).Where(IsOurs)
                .Order(StringComparer.Ordinal));
    }

    [PackedFact]
    public void Each_is_in_its_package() => Assert.All(PackageReferences.Libraries, library =>
    {
        using ZipArchive package = ZipFile.OpenRead(PackedFactAttribute.Package(library));
        Assert.Contains($"lib/net10.0/{library}.dll", package.Entries.Select(e => e.FullName));
    });

    private static bool IsOurs(string name) => name.StartsWith("TinyQuant", StringComparison.Ordinal);
}

/// <summary>A test on the packed packages, skipped where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PackedFactAttribute : FactAttribute
{
    public PackedFactAttribute()
    {
        if (PackageReferences.Libraries.FirstOrDefault(l => !File.Exists(Package(l))) is { } missing)
        {
            Skip = $"{Package(missing)} is not there: dotnet msbuild src/Packages.proj makes it.";
        }
    }

    /// <summary>Where the package of a project is.</summary>
    public static string Package(string project)
    {
        string id = XDocument.Load(Repository.File("src", project, project + ".csproj")).Descendants("PackageId")
            .SingleOrDefault()?.Value ?? project;
        string version = XDocument.Load(Repository.File("Directory.Build.props")).Descendants("Version").Single().Value;
        return Repository.File("artifacts", "packages", $"{id}.{version}.nupkg");
    }
}
