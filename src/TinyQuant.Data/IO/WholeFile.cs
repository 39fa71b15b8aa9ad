using System.Text;

namespace TinyQuant.Data.IO;

/// <summary>
/// Reads whole files that come from others. One with a length takes as many bytes. What has none, a pipe or a device,
/// is read to its end within a bound: in a folder that was unpacked, a link may lead to <c>/dev/zero</c>, which has no
/// end.
/// </summary>
internal static class WholeFile
{
    /// <summary>Bytes of what has no length.</summary>
    public const int MaxWithoutLength = 1 << 28;

    private const int FirstBytes = 1 << 16;

    /// <summary>All bytes of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxWithoutLength">The bound of what has no length, at least 64 KB.</param>
    /// <exception cref="IOException">It cannot be read, or has no end within the bound; the message names
    /// it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] ReadAllBytes(string path, int maxWithoutLength = MaxWithoutLength)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        long length = file.CanSeek ? file.Length : 0;
        if (length > Array.MaxLength)
        {
            throw new IOException(Invariant($"'{path}' has {length} bytes; expected at most {Array.MaxLength}."));
        }

        byte[] bytes = new byte[length > 0 ? length : FirstBytes];
        int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        while (length == 0 && read == bytes.Length)
        {
            if (read >= maxWithoutLength)
            {
                throw new IOException(
                    Invariant($"'{path}' has no length, and no end within {maxWithoutLength} bytes; expected a file."));
            }

            Array.Resize(ref bytes, 2 * read);
            read += file.ReadAtLeast(bytes.AsSpan(read), bytes.Length - read, throwOnEndOfStream: false);
        }

        return read == bytes.Length ? bytes : bytes[..read];
    }

    /// <summary>
    /// All text of a file: UTF-8, or another Unicode with a byte order mark, as <c>File.ReadAllText</c> takes it.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be read, or has no end within the bound; the message names
    /// it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string ReadAllText(string path) => TextOf(ReadAllBytes(path));

    /// <summary>The bytes of a whole file as text, likewise.</summary>
    public static string TextOf(byte[] bytes)
    {
        using var reader = new StreamReader(
            new MemoryStream(bytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }
}
