using System.Text;

namespace TinyQuant.Training.Recipes;

/// <summary>Text files that belong together, written all or none.</summary>
internal static class FileSet
{
    /// <summary>
    /// Writes every file in full under a temporary name, then moves them into place. What fails before the first move
    /// changes nothing; what fails between two moves undoes those done.
    /// </summary>
    /// <param name="directory">Where to; created where it is missing.</param>
    /// <param name="files">File name and text of each.</param>
    /// <returns>The paths in the same order.</returns>
    /// <exception cref="IOException">They cannot be written; the message names the directory and the reason.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory may not be written to.</exception>
    public static IReadOnlyList<string> Write(string directory, IReadOnlyList<KeyValuePair<string, string>> files)
    {
        string full = Directory.CreateDirectory(directory).FullName;
        string suffix = $".{Path.GetRandomFileName()}";
        string[] targets = [.. files.Select(f => Path.Combine(full, f.Key))];
        string[] written = [.. files.Select(f => Path.Combine(full, $".{f.Key}{suffix}.tmp"))];
        string[] kept = [.. files.Select(f => Path.Combine(full, $".{f.Key}{suffix}.old"))];
        int moved = 0;
        try
        {
            for (int i = 0; i < files.Count; i++)
            {
                Flush(written[i], files[i].Value);
            }
            for (; moved < targets.Length; moved++)
            {
                Keep(targets[moved], kept[moved]);
                File.Move(written[moved], targets[moved], overwrite: true);
            }
        }
        catch (Exception e)
        {
            for (int i = 0; i < moved; i++)
            {
                Restore(targets[i], kept[i]);
            }
            if (e is not (IOException or UnauthorizedAccessException))
            {
                throw;
            }
            // The system's messages name temporary files, which nobody asked for.
            string reason = written.Concat(kept).Zip(targets.Concat(targets)).Aggregate(e.Message, (text, p) => text.Replace(p.First, p.Second, StringComparison.Ordinal));
            string message = $"nothing was written to '{full}': {reason}";
            throw e is IOException ? new IOException(message, e) : new UnauthorizedAccessException(message, e);
        }
        finally
        {
            foreach (string path in written.Concat(kept))
            {
                DeleteQuietly(path);
            }
        }
        return targets;
    }

    private static void Flush(string path, string text)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        stream.Write(Encoding.UTF8.GetBytes(text));
        stream.Flush(flushToDisk: true);
    }

    private static void Keep(string target, string kept)
    {
        if (File.Exists(target))
        {
            File.Copy(target, kept);
        }
    }

    private static void Restore(string target, string kept)
    {
        if (File.Exists(kept))
        {
            File.Move(kept, target, overwrite: true);
        }
        else
        {
            DeleteQuietly(target);
        }
    }

    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error that matters is the one on its way up; a temporary file left behind does no harm.
        }
    }
}
