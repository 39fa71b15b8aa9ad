using System.IO.Compression;
using System.Security.Cryptography;

namespace TinyQuant.Data;

/// <summary>The uncompressed content of an IDX file, as long as its head says.</summary>
internal sealed class IdxContent
{
    /// <summary>Deflate cannot pack more than 1032 bytes into one.</summary>
    private const long MaxRatio = 1032;

    private readonly byte[] _bytes;
    private string? _sha256;

    private IdxContent(string file, IdxHeader header, byte[] bytes)
    {
        File = file;
        Header = header;
        _bytes = bytes;
    }

    /// <summary>The file's path, or where it came from.</summary>
    public string File { get; }

    public IdxHeader Header { get; }

    public ReadOnlyMemory<byte> Payload => _bytes.AsMemory(Header.HeaderLength);

    /// <summary>The SHA-256 of all of it, in lower-case hexadecimal.</summary>
    public string Sha256 => _sha256 ??= Convert.ToHexStringLower(SHA256.HashData(_bytes));

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is not such an IDX file; the message names it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IdxContent Read(string path, IdxKind kind)
    {
        using FileStream stream = System.IO.File.OpenRead(path);
        return Read(stream, kind, path);
    }

    /// <summary>Reads a seekable stream, plain or gzip.</summary>
    /// <exception cref="InvalidDataException">It is not such an IDX file; the message names it.</exception>
    public static IdxContent Read(Stream stream, IdxKind kind, string file)
    {
        bool compressed = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = 0;
        if (!compressed)
        {
            return ReadPlain(stream, kind, file, stream.Length);
        }

        try
        {
            using var gzip = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
            return ReadPlain(gzip, kind, file, stream.Length * MaxRatio);
        }
        catch (InvalidDataException e) when (!e.Message.StartsWith(file, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{file}: its gzip compression is damaged ({e.Message})", e);
        }
    }

    // The stream cannot be longer than available, so that a lying head allocates nothing.
    private static IdxContent ReadPlain(Stream stream, IdxKind kind, string file, long available)
    {
        Span<byte> head = stackalloc byte[IdxHeader.LengthOf(kind)];
        int read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (read < head.Length)
        {
            throw new InvalidDataException(
                Invariant($"{file}: truncated, {read} bytes of its {head.Length}-byte head."));
        }

        IdxHeader header = IdxHeader.Parse(head, kind, file);
        if (header.ContentLength > available)
        {
            throw Truncated(file, header, stream is GZipStream ? null : available);
        }

        var bytes = new byte[header.ContentLength];
        head.CopyTo(bytes);
        read = head.Length;
        read += stream.ReadAtLeast(bytes.AsSpan(read), bytes.Length - read, throwOnEndOfStream: false);
        if (read < bytes.Length)
        {
            throw Truncated(file, header, read);
        }

        return stream.ReadByte() < 0
            ? new(file, header, bytes)
            : throw new InvalidDataException(
                Invariant($"{file}: trailing bytes, expected {header.ContentLength} bytes for the {header.Count} ")
                    + "items it "
                + "declares.");
    }

    private static InvalidDataException Truncated(string file, IdxHeader header, long? found) =>
        new($"{file}: truncated, {(found is { } bytes ? Invariant($"{bytes} bytes") : "too short")}, expected "
            + Invariant($"{header.ContentLength} for the {header.Count} items it declares."));
}
