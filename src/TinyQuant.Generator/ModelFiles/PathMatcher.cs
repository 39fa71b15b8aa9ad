using System.Collections.Immutable;

namespace TinyQuant.Generator;

/// <summary>
/// Finds the file that an attribute's path means: the one whose last segments it names, or whose source's.
/// </summary>
internal static class PathMatcher
{
    /// <summary>All files that match; one is right, none and several are errors.</summary>
    public static ImmutableArray<ModelFile> Find(ImmutableArray<ModelFile> files, string path)
    {
        string wanted = Normalize(path);
        return wanted.Length == 0
            ? []
            : [.. files.Where(file => Matches(file.Source, wanted) || Matches(file.Path, wanted))];
    }

    private static bool Matches(string file, string wanted)
    {
        string candidate = file.Replace('\\', '/');
        return candidate == wanted || candidate.EndsWith("/" + wanted, StringComparison.Ordinal);
    }

    /// <summary>
    /// Forward slashes, without leading <c>./</c> and <c>../</c>, which say nothing about the last segments.
    /// </summary>
    private static string Normalize(string path)
    {
        string wanted = path.Replace('\\', '/');
        while (wanted.StartsWith("./", StringComparison.Ordinal) || wanted.StartsWith("../", StringComparison.Ordinal))
        {
            wanted = wanted.Substring(wanted.IndexOf('/') + 1);
        }

        return wanted;
    }
}
