using System.CommandLine.Parsing;
using TinyQuant.Data.IO;
using TinyQuant.Import;

namespace TinyQuant.Tool.Commands;

/// <summary>Checks of where a command writes, before the work and not after it.</summary>
internal static class Outputs
{
    /// <summary>A directory, there or not yet, in which files can be made.</summary>
    public static void RequireDirectory(OptionResult result)
    {
        if (result.Tokens is [{ Value: { Length: > 0 } path }])
        {
            Try(result, () => RequireWritable(result, FilePlace.ForWriting(path), path));
        }
    }

    /// <summary>A file, there or not yet, where files can be made.</summary>
    public static void RequireFile(OptionResult result)
    {
        if (result.Tokens is not [{ Value: { Length: > 0 } path }])
        {
            return;
        }

        if (Directory.Exists(path))
        {
            result.AddError($"'{path}' is a directory; expected a file to write.");
            return;
        }

        Try(result, () =>
        {
            string place = StagedFile.PlaceOf(path);
            if (!FilePlace.IsDevice(place) && Path.GetDirectoryName(place) is { } directory)
            {
                RequireWritable(result, directory, Path.GetDirectoryName(Path.GetFullPath(path))!);
            }
        });
    }

    private static void Try(OptionResult result, Action check)
    {
        try
        {
            check();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            result.AddError(e.Message);
        }
    }

    /// <summary>
    /// Makes a file there and deletes it: what only shows when the result is written has cost the work.
    /// </summary>
    private static void RequireWritable(OptionResult result, string directory, string named)
    {
        // In the user's own words, unless a link leads elsewhere.
        string existing = directory == FilePlace.Of(named) ? named : directory;
        while (!Path.Exists(existing) && Path.GetDirectoryName(Path.GetFullPath(existing)) is { } parent)
        {
            existing = parent;
        }

        if (!Directory.Exists(existing))
        {
            result.AddError($"'{existing}' is a file; expected a directory.");
            return;
        }

        string probe = Path.Combine(existing, Path.GetRandomFileName());
        try
        {
            using FileStream made = new(
                probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            result.AddError(
                $"'{existing}' is a directory in which no file can be made; expected another for "
                    + $"{result.Option.Name}.");
        }
    }

    /// <summary>
    /// A file whose name does not say that it is of a format that is imported, which other commands would then take it
    /// for.
    /// </summary>
    public static void RequireNoImported(OptionResult result)
    {
        if (result.Tokens.Count > 0 && ModelImporter.ByName(result.Tokens[0].Value) is { } importer)
        {
            result.AddError(
                $"'{result.Tokens[0].Value}' would be taken for a {importer.Format} model; expected a name that "
                    + "ends in .tqm.");
        }
    }
}
