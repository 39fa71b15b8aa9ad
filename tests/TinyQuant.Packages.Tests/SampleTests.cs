using System.Xml.Linq;
using TinyQuant.Tests;

namespace TinyQuant.Packages.Tests;

/// <summary>
/// The samples stand alone, so that a copy of one builds with the packages (scripts/try-packages.sh does that): what
/// they hold twice is the same as where it comes from.
/// </summary>
public class SampleTests
{
    public static TheoryData<string> Projects =>
        [.. Directory.EnumerateFiles(Repository.File("samples"), "*.csproj", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Repository.Root, f)).Order(
            StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Versions_of_packages_are_those_of_the_repository(string project)
    {
        Dictionary<string, string> central = References("Directory.Packages.props", "PackageVersion");
        string own = XDocument.Load(Repository.File("Directory.Build.props")).Descendants("Version").Single().Value;
        Dictionary<string, string> references = References(project, "PackageReference");

        Assert.Contains("TinyQuant", references.Keys);
        Assert.All(references,
            r => Assert.Equal(r.Key.StartsWith("TinyQuant", StringComparison.Ordinal) ? own : central[r.Key], r.Value));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Nothing_is_taken_from_outside_of_the_folder(string project) =>
        Assert.DoesNotContain("..", File.ReadAllText(Repository.File(project)), StringComparison.Ordinal);

    [Fact]
    public void Models_are_those_of_weights()
    {
        string[] copies = [
            .. Directory.EnumerateDirectories(Repository.File("samples"), "models", SearchOption.AllDirectories)
            .SelectMany(Directory.EnumerateFiles)];
        Assert.NotEmpty(copies);
        Assert.All(copies, copy => Assert.True(
            File.ReadAllBytes(copy).AsSpan()
                .SequenceEqual(File.ReadAllBytes(Repository.File("weights", Path.GetFileName(copy)))),
            $"{copy} is not the file in weights/: copy it again"));
    }

    [Fact]
    public void Text_is_made_printable_as_the_library_does_it()
    {
        string library = File.ReadAllText(Repository.File("src", "TinyQuant.Model", "Text", "Printable.cs"));
        string copy = library.Replace(
            "namespace TinyQuant.Model;", "namespace Gateway.Monitoring;", StringComparison.Ordinal)
            .Replace("public static class", "internal static class", StringComparison.Ordinal);
        Assert.NotEqual(library, copy);
        Assert.Equal(copy, File.ReadAllText(Repository.File("samples", "Gateway", "Monitoring", "Printable.cs")));
    }

    private static Dictionary<string, string> References(string file, string item) =>
        XDocument.Load(Repository.File(file)).Descendants(item)
        .ToDictionary(e => e.Attribute("Include")!.Value, e => e.Attribute("Version")?.Value ?? "none");
}
