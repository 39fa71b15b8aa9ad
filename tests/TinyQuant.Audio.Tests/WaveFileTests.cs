using System.Buffers.Binary;
using System.Text;

namespace TinyQuant.Audio.Tests;

/// <summary>WAV files in every form that is read, and what is said of others.</summary>
public class WaveFileTests
{
    private static readonly byte[] s_data = [1, 0, 0xFF, 0xFF, 0, 0x80];
    private static readonly byte[] s_subFormat = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];
    private static readonly short[] s_samples = [1, -1, short.MinValue];

    [Fact]
    public void Samples_of_a_plain_file() => AssertSamples(File(Format(), Chunk("data", s_data)));

    [Fact]
    public void Other_chunks_are_passed_over() =>
        AssertSamples(
            File(Chunk("LIST", [1, 2, 3]), Format(), Chunk("fact", []), Chunk("data", s_data), Chunk("id3 ", [9])));

    [Fact]
    public void Samples_in_the_extensible_form() =>
        AssertSamples(
            File(Chunk("fmt ", [.. Head(0xFFFE, 1, 16_000, 16), 22, 0, 16, 0, 4, 0, 0, 0, 1, 0, .. s_subFormat]),
                Chunk("data", s_data)));

    [Theory] // what recorders write into a pipe, and the length of the whole with it
    [InlineData(0x7FFFFFFF, 0x7FFFFFFF)]
    [InlineData(-1, -1)]
    [InlineData(0, 0)]
    [InlineData(36, 0)] // the head alone, written first and never again
    [InlineData(0x7FFFF024, 0x7FFFF000)] // sox
    [InlineData(-2147483612, int.MinValue)] // arecord
    [InlineData(50, -1)]
    public void A_length_that_was_not_known_is_what_has_come(int riff, int data)
    {
        byte[] file = File(Format(), Chunk("data", s_data));
        Int(riff).CopyTo(file, 4);
        Int(data).CopyTo(file, file.Length - s_data.Length - 4);

        AssertSamples(file);
        AssertSamples([.. file, 7]); // half a sample
    }

    [Fact]
    public void No_samples_in_a_file_of_known_length_are_none()
    {
        Assert.True(WaveFile.Samples(File(Format(), Chunk("data", []), Chunk("LIST", s_data)), 16_000).IsEmpty);
        // no pad byte
        Assert.True(WaveFile.Samples(
            File(Format(), Chunk("data", []), Chunk("LIST", [1, 2, 3])).AsSpan()[..^1], 16_000).IsEmpty);
    }

    [Fact]
    public void Chunks_begin_at_even_places() =>
        AssertSamples(File(Chunk("LIST", [1]), Format(), Chunk("id3 ", [1, 2, 3]), Chunk("data", s_data)));

    [Fact]
    public void No_samples() => Assert.True(WaveFile.Samples(File(Format(), Chunk("data", [])), 16_000).IsEmpty);

    public static TheoryData<byte[], string> WrongFiles => new()
    {
        { [], "not a WAV file" },
        { "RIFF"u8.ToArray(), "not a WAV file" },
        { [.. "RIFX"u8, .. File(Format())[4..]], "expected one that begins with 'RIFF'" },
        { [.. "RIFX"u8, .. File(Format())[4..]], "its big-endian form" },
        { [.. "RF64"u8, .. File(Format())[4..]], "its form above 4 GB" },
        { [.. "RIFF"u8, 4, 0, 0, 0, .. "AVI "u8], "not a WAV file" },
        { File(), "it has no format; expected a chunk 'fmt '" },
        { File(Format()), "it has no samples; expected a chunk 'data'" },
        { File(Chunk("data", s_data), Format()), "its samples stand before their format" },
        { File(Format(), Chunk("data", s_data))[..^1], "cut off: 5 bytes follow where its chunk has 6" },
        { File(Format())[..30], "cut off: 10 bytes follow where its chunk has 16" },
        { File(Format(), Chunk("data", [1, 2, 3])), "3 bytes; expected a multiple of 2" },
        { File(Chunk("fmt ", new byte[14])), "its format has 14 bytes; expected at least 16" },
        { File(Format(rate: 44_100), Chunk("data", s_data)),
            "it is PCM of 16 bits, 1 channel, 44100 Hz; expected PCM of 16 bits, 1 channel, 16000 Hz" },
        { File(Format(channels: 2), Chunk("data", s_data)), "16 bits, 2 channels, 16000 Hz" },
        { File(Format(bits: 8), Chunk("data", s_data)), "PCM of 8 bits" },
        { File(Format(tag: 3, bits: 32), Chunk("data", s_data)), "floating point of 32 bits" },
        { File(Format(tag: 6, bits: 8), Chunk("data", s_data)), "A-law" },
        { File(Format(tag: 7, bits: 8), Chunk("data", s_data)), "mu-law" },
        { File(Format(tag: 85), Chunk("data", s_data)), "encoding 85" },
        { File(Format(bits: 24), Chunk("data", s_data)),
            "PCM of 24 bits, 1 channel, 16000 Hz; expected PCM of 16 bits, 1 channel, 16000 Hz (ffmpeg -i IN.wav -ac "
                + "1 -ar 16000" },
        // of another maker
        { File(Chunk("fmt ", [.. Head(0xFFFE, 1, 16_000, 16), 22, 0, 16, 0, 4, 0, 0, 0, 1, 0, .. new byte[14]])),
            "encoding 65534" },
        { File(Format(tag: 0xFFFE), Chunk("data", s_data)), "encoding 65534" },
    };

    [Theory]
    [MemberData(nameof(WrongFiles))]
    public void Another_file_is_refused(byte[] file, string part) =>
        Assert.Contains(part, Assert.Throws<InvalidDataException>(() => WaveFile.Samples(file, 16_000).Length).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Every_damaged_file_is_read_or_refused()
    {
        byte[] file = File(Chunk("LIST", [1, 2, 3]), Format(), Chunk("data", s_data));
        for (int at = 0; at < file.Length; at++)
        {
            foreach (byte value in new byte[] { 0, 1, 127, 128, 255 })
            {
                byte[] damaged = [.. file];
                damaged[at] = value;
                Exception? exception = Record.Exception(() => WaveFile.Samples(damaged, 16_000).Length);
                Assert.True(exception is null or InvalidDataException, $"byte {at} as {value}: {exception}");
            }

            Assert.Throws<InvalidDataException>(() => WaveFile.Samples(file.AsSpan(0, at), 16_000).Length);
        }
    }

    private static void AssertSamples(byte[] file) => Assert.Equal(s_samples, WaveFile.Samples(file, 16_000).ToArray());

    private static byte[] File(params byte[][] chunks)
    {
        byte[] body = [.. "WAVE"u8, .. chunks.SelectMany(c => c)];
        return [.. "RIFF"u8, .. Int(body.Length), .. body];
    }

    private static byte[] Format(int tag = 1, int channels = 1, int rate = 16_000, int bits = 16) =>
        Chunk("fmt ", Head(tag, channels, rate, bits));

    private static byte[] Head(int tag, int channels, int rate, int bits) =>
    [
        .. Int(tag)[..2], .. Int(channels)[..2], .. Int(rate), .. Int(rate * channels * bits / 8),
        .. Int(channels * bits / 8)[..2], .. Int(bits)[..2],
    ];

    private static byte[] Chunk(string name, byte[] content) =>
        [.. Encoding.ASCII.GetBytes(name), .. Int(content.Length), .. content, .. new byte[content.Length % 2]];

    private static byte[] Int(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
