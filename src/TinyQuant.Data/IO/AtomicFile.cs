using System.Text;

namespace TinyQuant.Data.IO;

/// <summary>
/// Writes a file whole or not at all: into a temporary file in the same directory, flushed to the disk and then moved
/// over the target. On a failure the temporary file is deleted and the target stays as it was.
/// A link stays one, and what it leads to is replaced; a link that another user laid into a folder that all may write
/// to is not followed. A file that nobody may write to is not replaced. A file that is replaced keeps its mode; its
/// owner becomes the user who writes, and other hard links to it keep the old content. Devices and pipes, such as
/// <c>/dev/null</c> and <c>/dev/stdout</c>, are written to as they are.
/// </summary>
public static class AtomicFile
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes what <paramref name="write"/> writes.</summary>
    /// <param name="path">The target; its directory is created where it is missing.</param>
    /// <param name="write">Fills the file; whatever it throws leaves the target untouched.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">
    /// The directory may not be written to, the file is read-only, or a link may not be followed.
    /// </exception>
    public static void Write(string path, Action<Stream> write)
    {
        using StagedFile file = StagedFile.Open(path);
        try
        {
            write(file.Stream);
            file.Commit();
        }
        catch (Exception e) when (StagedFile.IsOfSystem(e))
        {
            throw file.Named(e, path);
        }
    }

    /// <summary>Writes bytes.</summary>
    /// <inheritdoc cref="Write" path="/exception"/>
    public static void WriteAllBytes(string path, ReadOnlyMemory<byte> bytes) =>
        Write(path, stream => stream.Write(bytes.Span));

    /// <summary>Writes text as UTF-8 without a byte order mark.</summary>
    /// <inheritdoc cref="Write" path="/exception"/>
    public static void WriteAllText(string path, string text) => WriteAllBytes(path, s_utf8.GetBytes(text));
}
