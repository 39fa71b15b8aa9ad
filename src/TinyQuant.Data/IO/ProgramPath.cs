namespace TinyQuant.Data.IO;

/// <summary>
/// Where a program is that is named without a path. .NET looks for it in the current directory before it looks into
/// <c>PATH</c>, so that a file <c>dotnet</c> in a folder that somebody sent would be run in its place.
/// </summary>
internal static class ProgramPath
{
    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>
    /// The program in the directories of <c>PATH</c>; of these, those that depend on where one is do not count.
    /// </summary>
    /// <returns>Its path, <paramref name="name"/> itself where that is rooted, or null where there is none.</returns>
    public static string? Find(string name) => Find(name, Environment.GetEnvironmentVariable("PATH") ?? "");

    /// <summary>The same in other directories.</summary>
    internal static string? Find(string name, string directories)
    {
        if (Path.IsPathFullyQualified(name))
        {
            return name;
        }

        string[] names = OperatingSystem.IsWindows() ? [name + ".exe", name] : [name];
        return directories.Split(Path.PathSeparator)
            .Where(Path.IsPathFullyQualified)
            .SelectMany(directory => names.Select(n => Path.Combine(directory, n)))
            .FirstOrDefault(IsProgram);
    }

    private static bool IsProgram(string path) => File.Exists(path)
        && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Executable) != 0);
}
