namespace TinyQuant.Evaluation.Verification;

/// <summary>
/// Goes through the folders below one, through links too, but into each folder once: links may lead in circles.
/// </summary>
internal static class FolderWalk
{
    /// <summary>The folder and all below it, by the paths that lead there.</summary>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    public static IEnumerable<string> From(string directory)
    {
        string start = Resolve(Path.GetFullPath(directory));
        HashSet<string> seen = [start];
        Stack<(string Path, string Real)> left = new([(directory, start)]);
        while (left.TryPop(out (string Path, string Real) folder))
        {
            yield return folder.Path;
            foreach (string inner in Directory.EnumerateDirectories(folder.Real))
            {
                string real = Resolve(inner);
                if (seen.Add(real) && Directory.Exists(real))
                {
                    left.Push((Path.Combine(folder.Path, Path.GetFileName(inner)), real));
                }
            }
        }
    }

    private static string Resolve(string path) =>
        new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName is { } target
        ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(target))
        : Path.TrimEndingDirectorySeparator(path);
}
