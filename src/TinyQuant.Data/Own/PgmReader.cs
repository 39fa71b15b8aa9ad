using TinyQuant.Data.IO;

namespace TinyQuant.Data;

/// <summary>Reads portable grey maps, binary (P5) and text (P2), of 8 bits.</summary>
internal static class PgmReader
{
    /// <summary>Pixels of the largest picture.</summary>
    public const int MaxPixels = 1 << 26;

    private const long MaxFileBytes = 5L * MaxPixels; // as text, with a space behind each

    /// <param name="path">The file.</param>
    /// <param name="require">Told height and width before the pixels are read; throws where they are not
    /// wanted.</param>
    /// <exception cref="InvalidDataException">It is no such file; the message names it.</exception>
    public static GreyPicture Read(string path, Action<int, int> require)
    {
        if (new FileInfo(path).Length > MaxFileBytes)
        {
            throw new InvalidDataException(
                $"{path}: it has {new FileInfo(path).Length} bytes; expected {MaxFileBytes} at most.");
        }

        byte[] bytes = WholeFile.ReadAllBytes(path);
        if (bytes.Length < 2 || bytes[0] != 'P' || bytes[1] is not ((byte)'5' or (byte)'2'))
        {
            throw new InvalidDataException($"{path}: it is no PGM picture; expected P5 or P2 at its start.");
        }

        int at = 2;
        int columns = Number(path, bytes, ref at);
        int rows = Number(path, bytes, ref at);
        int most = Number(path, bytes, ref at);
        if (columns < 1 || rows < 1 || (long)columns * rows > MaxPixels || most is < 1 or > 255)
        {
            throw new InvalidDataException(
                Invariant($"{path}: it is {columns}x{rows} with values to {most}; expected at most {MaxPixels} ")
                    + "pixels, and values to 255 at most.");
        }

        require(rows, columns);
        byte[] pixels = new byte[columns * rows];
        bool isText = bytes[1] == '2';
        at++; // one white space behind the last number of the head
        if (!isText && bytes.Length - at < pixels.Length)
        {
            throw new InvalidDataException(
                Invariant($"{path}: it is truncated, {Math.Max(0, bytes.Length - at)} of {pixels.Length} pixels."));
        }

        for (int i = 0; i < pixels.Length; i++)
        {
            int value = isText ? Number(path, bytes, ref at) : bytes[at + i];
            pixels[i] = value <= most
                ? (byte)(most == 255 ? value : ((value * 255) + (most / 2)) / most)
                : throw new InvalidDataException(Invariant($"{path}: pixel {i} is {value}; expected {most} at most."));
        }

        return new GreyPicture(rows, columns, pixels);
    }

    /// <summary>The next decimal number, behind white space and comments.</summary>
    private static int Number(string path, byte[] bytes, ref int at)
    {
        while (at < bytes.Length && (bytes[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'#'))
        {
            at = bytes[at] == '#' ? EndOfLine(bytes, at) : at + 1;
        }

        int value = 0;
        int start = at;
        for (; at < bytes.Length && bytes[at] is >= (byte)'0' and <= (byte)'9' && value < MaxPixels; at++)
        {
            value = (value * 10) + bytes[at] - '0';
        }

        return at > start
            ? value
            : throw new InvalidDataException(Invariant($"{path}: a number was expected at byte {start}."));
    }

    private static int EndOfLine(byte[] bytes, int at)
    {
        int end = Array.IndexOf(bytes, (byte)'\n', at);
        return end < 0 ? bytes.Length : end;
    }
}
