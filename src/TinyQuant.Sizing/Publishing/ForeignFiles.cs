using TinyQuant.Data.IO;

namespace TinyQuant.Sizing.Publishing;

/// <summary>
/// Files that <c>dotnet</c> obeys because they are at or above the directory where it runs: <c>global.json</c> says
/// which SDK is run, from which path, and <c>NuGet.config</c> where packages are from. That is meant: a user's
/// directory has its feeds and its SDK. It is not meant where another laid the file into a folder that all may write
/// to.
/// </summary>
internal static class ForeignFiles
{
    private const string Global = "global.json";

    /// <summary>As NuGet looks for them.</summary>
    private static readonly string[] s_nuget = ["nuget.config", "NuGet.config", "NuGet.Config"];

    /// <summary>Refuses a directory where <c>dotnet</c> would obey such a file.</summary>
    /// <exception cref="IOException">The message has the file.</exception>
    public static void Refuse(string directory)
    {
        bool looksForGlobal = true;
        for (string? folder = FilePlace.Of(directory); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            foreach (string name in looksForGlobal ? [Global, .. s_nuget] : s_nuget)
            {
                string file = Path.Combine(folder, name);
                if (Path.Exists(file) && FilePlace.IsForeign(file))
                {
                    throw new IOException(
                        $"'{file}' is of another user, in a folder that all may write to, "
                        + $"and dotnet would obey it in '{directory}'; expected to be run in another directory.");
                }
            }

            looksForGlobal &= !File.Exists(Path.Combine(folder, Global)); // the nearest one counts
        }
    }
}
