using System.Text;

namespace TinyQuant.Training.IO;

/// <summary>
/// Writes a file whole or not at all: into a temporary file in the same directory, flushed to the disk and then moved
/// over the target. On a failure or cancellation the temporary file is deleted and the target stays as it was.
/// A link stays one: what it leads to is replaced. Devices, such as <c>/dev/null</c> and <c>/dev/stdout</c>, are written to as they are.
/// </summary>
public static class AtomicFile
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes what <paramref name="write"/> writes.</summary>
    /// <param name="path">The target; its directory is created where it is missing.</param>
    /// <param name="write">Fills the file; whatever it throws leaves the target untouched.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory may not be written to.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string target = TargetOf(path);
        if (IsDevice(target))
        {
            using FileStream device = new(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            write(device);
            return;
        }
        string temporary = Temporary(target);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using (FileStream stream = Open(temporary, FileOptions.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UnauthorizedAccessException(Message(e), e);
        }
        catch (IOException e)
        {
            throw new IOException(Message(e), e);
        }
        finally
        {
            DeleteQuietly(temporary);
        }
        // The system's messages name the temporary file, which nobody asked for.
        string Message(Exception e) => $"'{path}' cannot be written: {e.Message.Replace(temporary, target, StringComparison.Ordinal)}";
    }

    /// <summary>Writes what <paramref name="write"/> writes.</summary>
    /// <param name="path">The target; its directory is created where it is missing.</param>
    /// <param name="write">Fills the file; whatever it throws leaves the target untouched.</param>
    /// <param name="cancellationToken">Given to <paramref name="write"/> and looked at before the move.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory may not be written to.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the file was in its place.</exception>
    public static async Task WriteAsync(
        string path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string target = TargetOf(path);
        string temporary = Temporary(target);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            FileStream stream = Open(temporary, FileOptions.Asynchronous);
            await using (stream.ConfigureAwait(false))
            {
                await write(stream, cancellationToken).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            cancellationToken.ThrowIfCancellationRequested();
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            DeleteQuietly(temporary);
            throw;
        }
    }

    /// <summary>Writes bytes.</summary>
    /// <inheritdoc cref="Write" path="/exception"/>
    public static void WriteAllBytes(string path, ReadOnlyMemory<byte> bytes) =>
        Write(path, stream => stream.Write(bytes.Span));

    /// <summary>Writes text as UTF-8 without a byte order mark.</summary>
    /// <inheritdoc cref="Write" path="/exception"/>
    public static void WriteAllText(string path, string text) => WriteAllBytes(path, s_utf8.GetBytes(text));

    private static bool IsDevice(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);

    /// <summary>Where a link leads, since a move would put a file in the link's place.</summary>
    private static string TargetOf(string path)
    {
        string full = Path.GetFullPath(path);
        if (Path.GetFileName(full).Length == 0)
        {
            throw new IOException($"'{path}' is a directory, not a file to write.");
        }
        var file = new FileInfo(full);
        return IsDevice(full) || file.LinkTarget is null ? full : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    /// <summary>In the same directory, so that the move is a rename within one file system and thereby atomic.</summary>
    private static string Temporary(string target) =>
        Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp");

    private static FileStream Open(string temporary, FileOptions options) =>
        new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, options);

    private static void DeleteQuietly(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to tell; a temporary file left behind is never read.
        }
    }
}
