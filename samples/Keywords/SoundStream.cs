using System.Runtime.InteropServices;
using TinyQuant.Audio;

namespace Keywords;

/// <summary><c>keywords</c>: samples on standard input.</summary>
internal static class SoundStream
{
    private const int BufferBytes = 4_096; // an eighth of a second; what has come is worked on as it comes

    public static int Run(float threshold)
    {
        if (!Console.IsInputRedirected)
        {
            throw new InvalidInputException(
                "standard input is a terminal; expected samples: arecord -q -f S16_LE -r 16000 -c 1 -t raw | keywords");
        }

        var spotter = new Spotter(threshold);
        Span<byte> buffer = stackalloc byte[BufferBytes];
        int kept = 0; // bytes at the start of the buffer that are not worked on yet
        bool isBegun = false;
        while (Descriptors.Read(buffer[kept..]) is int count and > 0)
        {
            int length = kept + count;
            if (!isBegun && length < 4)
            {
                kept = length;
                continue;
            }

            if (!isBegun && WaveFile.IsWave(buffer[..length]))
            {
                throw new InvalidInputException(
                    "standard input is a WAV file; expected its samples alone: 'arecord -t raw', or give the file as "
                        + "an argument");
            }

            isBegun = true;
            kept = length % sizeof(short);
            ReadOnlySpan<short> samples = MemoryMarshal.Cast<byte, short>(buffer[..(length - kept)]);
            while (spotter.Find(ref samples, out Hit hit))
            {
                if (!Report.WriteWord(hit))
                {
                    return 0; // who read the words has gone
                }
            }

            buffer[0] = buffer[length - 1]; // half a sample, if kept is 1
        }

        return spotter.Samples >= Spotter.SampleRate
            ? 0
            : throw new InvalidInputException(
                $"standard input ended after {spotter.Samples} samples; expected at least a second, "
                    + $"{Spotter.SampleRate} samples of 16 bits.");
    }
}
