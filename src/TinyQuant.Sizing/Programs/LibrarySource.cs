using System.Reflection;
using System.Security;
using TinyQuant.Sizing.Publishing;

namespace TinyQuant.Sizing.Programs;

/// <summary>
/// Where the measured program has TinyQuant from: the repository that this was built in, or the package of the same
/// version.
/// </summary>
/// <param name="References">Items of its project.</param>
/// <param name="WorkingDirectory">Where <c>dotnet</c> runs, so that it takes the SDK of that place.</param>
/// <param name="Name">What a report calls it.</param>
public sealed record LibrarySource(string References, string WorkingDirectory, string Name)
{
    private const string Package = "TinyQuant";

    /// <summary>The repository above this assembly; null where there is none.</summary>
    public static string? Repository { get; } = FindRepository(AppContext.BaseDirectory);

    /// <summary>The repository where there is one, and else the package.</summary>
    public static LibrarySource Find() =>
        Repository is { } root ? OfRepository(root) : OfPackage(Version(), Directory.GetCurrentDirectory());

    /// <summary>The nearest directory at or above one that has TinyQuant's sources; null where there is none.</summary>
    internal static string? FindRepository(string start)
    {
        for (DirectoryInfo? at = new(start); at is not null; at = at.Parent)
        {
            if (File.Exists(RuntimeProject(at.FullName)))
            {
                return at.FullName;
            }
        }

        return null;
    }

    internal static LibrarySource OfRepository(string root)
    {
        string generator = Path.Combine(root, "src", "TinyQuant.Generator", "TinyQuant.Generator.csproj");
        return new LibrarySource(
            $"""
            <ProjectReference Include="{Text(RuntimeProject(root))}" />
                <ProjectReference Include="{Text(generator)}" OutputItemType="Analyzer" ReferenceOutputAssembly="false" />
            """,
            root,
            "the library of the repository");
    }

    /// <summary>The package, from the feeds that are configured for a directory.</summary>
    internal static LibrarySource OfPackage(string version, string directory) =>
        new($"""<PackageReference Include="{Package}" Version="{version}" />""", directory, $"the package {Package} {version}");

    private static string Text(string path) => SecurityElement.Escape(MSBuildText.Escape(path));

    private static string RuntimeProject(string root) =>
        Path.Combine(root, "src", "TinyQuant.Runtime", "TinyQuant.Runtime.csproj");

    private static string Version() =>
        typeof(LibrarySource).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion
            .Split(
            '+')[
            0];
}
