using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace TinyQuant.Audio;

/// <summary>WAV files of 16-bit PCM.</summary>
/// <remarks>
/// Chunks of RIFF, as Microsoft's "Multimedia Programming Interface and Data Specifications 1.0" describes them; what
/// others there are between format and samples is passed over. Who writes into a pipe cannot know the length and
/// cannot come back to fill it in: such samples, whose length is 0 or next to 2³¹ or 2³², go on to the end.
/// </remarks>
public static class WaveFile
{
    private const int ChunkHead = 8;
    private const int Pcm = 1;
    private const int Extensible = 0xFFFE; // the true format is the first two bytes of the sub-format
    private const int SubFormatAt = 24;

    // What recorders write where they do not know: 0x7FFFFFFF and 0xFFFFFFFF, less what stands before it, rounded.
    private const uint UnknownLength = 0x7FFF_0000;

    /// <summary>
    /// What follows the format's two bytes in the GUID of a sub-format (KSDATAFORMAT_SUBTYPE_PCM and its like).
    /// </summary>
    private static ReadOnlySpan<byte> SubFormat => [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    /// <summary>Whether bytes begin as a WAV file does.</summary>
    /// <param name="bytes">The start of a file or stream.</param>
    public static bool IsWave(ReadOnlySpan<byte> bytes) => bytes.Length >= 4 && bytes[..4].SequenceEqual("RIFF"u8);

    /// <summary>The samples of a file with one channel.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="sampleRate">The samples a second that are expected, in Hz.</param>
    /// <returns>The samples, in the file's own memory on a little-endian processor.</returns>
    /// <exception cref="InvalidDataException">It is no such file; the message says what was found and what was
    /// expected.</exception>
    public static ReadOnlySpan<short> Samples(ReadOnlySpan<byte> file, int sampleRate)
    {
        if (file.Length < 12 || !IsWave(file) || !file[8..12].SequenceEqual("WAVE"u8))
        {
            throw new InvalidDataException(
                $"it is {Kind(file)}; expected one that begins with 'RIFF', a length and 'WAVE'");
        }

        bool isOpen = IsUnknown(BinaryPrimitives.ReadUInt32LittleEndian(file[4..]), file.Length);
        bool hasFormat = false;
        int at = 12;
        while (at + ChunkHead <= file.Length)
        {
            ReadOnlySpan<byte> name = file.Slice(at, 4);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            at += ChunkHead;
            if (name.SequenceEqual("data"u8)
                && (length >= UnknownLength ? length > file.Length - at : length == 0 && isOpen))
            {
                length = (uint)(file.Length - at) & ~1u; // whole samples, as many as have come
            }

            if (length > file.Length - at)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                    $"it is cut off: {file.Length - at} bytes follow where its chunk has {length}"));
            }

            ReadOnlySpan<byte> chunk = file.Slice(at, (int)length);
            if (name.SequenceEqual("fmt "u8))
            {
                CheckFormat(chunk, sampleRate);
                hasFormat = true;
            }
            else if (name.SequenceEqual("data"u8))
            {
                return hasFormat
                    ? ToSamples(chunk)
                    : throw new InvalidDataException(
                        "its samples stand before their format; expected a chunk 'fmt ' first");
            }

            at = (int)Math.Min(file.Length, at + (long)length + (length % 2)); // chunks begin at even places
        }

        throw new InvalidDataException(
            $"it is cut off: it has no "
                + $"{(hasFormat ? "samples; expected a chunk 'data'" : "format; expected a chunk 'fmt '")}");
    }

    private static string Kind(ReadOnlySpan<byte> file) => file.Length < 4 ? "not a WAV file"
        : file[..4].SequenceEqual("RF64"u8) || file[..4].SequenceEqual("BW64"u8)
            ? "not a WAV file but its form above 4 GB"
        : file[..4].SequenceEqual("RIFX"u8) ? "not a WAV file but its big-endian form"
        : "not a WAV file";

    /// <summary>
    /// Whether the length at the start of a file is what is written where it is not known, and not the file's.
    /// </summary>
    private static bool IsUnknown(uint length, int file) =>
        length >= UnknownLength || length + (long)ChunkHead < file - 1;

    private static void CheckFormat(ReadOnlySpan<byte> format, int sampleRate)
    {
        if (format.Length < 16)
        {
            throw new InvalidDataException($"its format has {format.Length} bytes; expected at least 16");
        }

        int tag = BinaryPrimitives.ReadUInt16LittleEndian(format);
        if (tag == Extensible && format.Length >= SubFormatAt + 16
            && format.Slice(SubFormatAt + 2, SubFormat.Length).SequenceEqual(SubFormat))
        {
            tag = BinaryPrimitives.ReadUInt16LittleEndian(format[SubFormatAt..]);
        }

        int channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        uint rate = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        if (tag != Pcm || channels != 1 || rate != sampleRate || bits != 16)
        {
            string kind = tag switch
            {
                Pcm =>
                "PCM",
                3 => "floating point",
                6 => "A-law",
                7 => "mu-law",
                _ => Invariant($"encoding {tag}")
            };
            throw new InvalidDataException(
                Invariant($"it is {kind} of {bits} bits, {channels} {(channels == 1 ? "channel" : "channels")}, ")
                    + Invariant($"{rate} Hz; expected PCM of 16 bits, 1 channel, {sampleRate} Hz ")
                + Invariant($"(ffmpeg -i IN.wav -ac 1 -ar {sampleRate} -c:a pcm_s16le OUT.wav)"));
        }
    }

    private static ReadOnlySpan<short> ToSamples(ReadOnlySpan<byte> data)
    {
        if (data.Length % 2 != 0)
        {
            throw new InvalidDataException($"its samples have {data.Length} bytes; expected a multiple of 2");
        }

        ReadOnlySpan<short> samples = MemoryMarshal.Cast<byte, short>(data);
        if (BitConverter.IsLittleEndian)
        {
            return samples;
        }

        var swapped = new short[samples.Length];
        BinaryPrimitives.ReverseEndianness(samples, swapped);
        return swapped;
    }
}
