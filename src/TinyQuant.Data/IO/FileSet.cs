using System.Text;

namespace TinyQuant.Data.IO;

/// <summary>Text files that belong together, written all or none.</summary>
internal static class FileSet
{
    /// <summary>
    /// Writes every file in full under a temporary name, then moves them into place, each as <see cref="AtomicFile"/>
    /// does. What fails before the first move changes nothing; what fails between two moves undoes those done.
    /// </summary>
    /// <param name="directory">Where to; created where it is missing.</param>
    /// <param name="files">File name and text of each.</param>
    /// <returns>The paths in the same order.</returns>
    /// <exception cref="IOException">They cannot be written; the message names the directory and the
    /// reason.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory or a file may not be written to.</exception>
    public static IReadOnlyList<string> Write(string directory, IReadOnlyList<KeyValuePair<string, string>> files)
    {
        string full = Path.GetFullPath(directory);
        string[] targets = [.. files.Select(f => Path.Combine(full, f.Key))];
        var staged = new List<StagedFile>();
        var kept = new List<string?>();
        int at = 0;
        try
        {
            for (; at < files.Count; at++)
            {
                staged.Add(StagedFile.Open(targets[at]));
                staged[at].Stream.Write(Encoding.UTF8.GetBytes(files[at].Value));
                staged[at].Stream.Flush(flushToDisk: !staged[at].IsDevice);
            }

            for (at = 0; at < files.Count; at++)
            {
                kept.Add(Keep(staged[at]));
                staged[at].Commit();
            }
        }
        catch (Exception e)
        {
            foreach ((StagedFile file, string? old) in staged.Zip(kept).Take(at))
            {
                Restore(file, old);
            }

            if (!StagedFile.IsOfSystem(e))
            {
                throw;
            }

            string reason = at < staged.Count ? staged[at].Named(e, targets[at]).Message : e.Message;
            string message = $"nothing was written to '{full}': {reason}";
            throw e is UnauthorizedAccessException
                ? new UnauthorizedAccessException(message, e)
                : new IOException(message, e);
        }
        finally
        {
            staged.ForEach(file => file.Dispose());
            kept.ForEach(DeleteQuietly);
        }

        return targets;
    }

    /// <summary>A copy of what is replaced, with its mode; null where nothing is.</summary>
    private static string? Keep(StagedFile file)
    {
        if (file.IsDevice || !File.Exists(file.Place))
        {
            return null;
        }

        string kept = Path.Combine(Path.GetDirectoryName(file.Place)!, $".tinyquant-{Path.GetRandomFileName()}.old");
        try
        {
            File.Copy(file.Place, kept);
        }
        catch
        {
            DeleteQuietly(kept);
            throw;
        }

        return kept;
    }

    private static void Restore(StagedFile file, string? kept)
    {
        if (kept is not null)
        {
            File.Move(kept, file.Place, overwrite: true);
        }
        else if (!file.IsDevice)
        {
            DeleteQuietly(file.Place);
        }
    }

    private static void DeleteQuietly(string? path)
    {
        try
        {
            if (path is not null)
            {
                File.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error that matters is the one on its way up; a temporary file left behind does no harm.
        }
    }
}
