using System.Runtime.InteropServices;

namespace TinyQuant.Native.Tests.Support;

/// <summary>WAV files, and samples as bytes.</summary>
internal static class Wave
{
    public const int HeadBytes = 44;

    public static byte[] Bytes(ReadOnlySpan<short> samples) => MemoryMarshal.AsBytes(samples).ToArray();

    /// <summary>A file of 16-bit PCM.</summary>
    public static byte[] File(ReadOnlySpan<short> samples, int rate = KeywordsProgram.SampleRate, short channels = 1)
    {
        byte[] data = Bytes(samples);
        return
        [
            .. "RIFF"u8, .. BitConverter.GetBytes(HeadBytes - 8 + data.Length), .. "WAVEfmt "u8,
            .. BitConverter.GetBytes(16),
            .. BitConverter.GetBytes((short)1), .. BitConverter.GetBytes(channels), .. BitConverter.GetBytes(rate),
            .. BitConverter.GetBytes(rate * channels * 2), .. BitConverter.GetBytes((short)(channels * 2)),
            .. BitConverter.GetBytes((short)16),
            .. "data"u8, .. BitConverter.GetBytes(data.Length), .. data,
        ];
    }

    /// <summary>The samples of a file with the plain head that recordings here have.</summary>
    public static short[] Samples(string path) =>
        MemoryMarshal.Cast<byte, short>(System.IO.File.ReadAllBytes(path).AsSpan(HeadBytes)).ToArray();

    /// <summary>Noise, the same for the same seed.</summary>
    public static short[] Noise(double seconds, int loudest, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, (int)(seconds * KeywordsProgram.SampleRate))
            .Select(_ => (short)random.Next(-loudest, loudest + 1))];
    }
}
