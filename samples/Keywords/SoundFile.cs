using Microsoft.Win32.SafeHandles;
using TinyQuant.Audio;

namespace Keywords;

/// <summary><c>keywords FILE.wav</c>.</summary>
internal static class SoundFile
{
    private const long MostBytes = 1 << 30; // nine hours

    public static int Run(string path, float threshold)
    {
        byte[] file = Read(path);
        ReadOnlySpan<short> samples;
        try
        {
            samples = WaveFile.Samples(file, Spotter.SampleRate);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidInputException($"'{path}' cannot be used: {e.Message}.");
        }

        if (samples.IsEmpty)
        {
            throw new InvalidInputException($"'{path}' has no samples; expected at least one.");
        }

        var spotter = new Spotter(threshold);
        if (samples.Length <= Spotter.SampleRate)
        {
            Report.WriteClass(spotter.Classify(samples));
            return 0;
        }

        bool any = false;
        while (spotter.Find(ref samples, out Hit hit))
        {
            Report.WriteWord(hit);
            any = true;
        }

        if (!any)
        {
            Report.WriteNone(spotter.Samples);
        }

        return 0;
    }

    private static byte[] Read(string path)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path);
            long length = RandomAccess.GetLength(file);
            if (length is 0 or > MostBytes)
            {
                throw new InvalidInputException(
                    $"'{path}' has {length} bytes; expected a WAV file of at most {MostBytes}.");
            }

            byte[] bytes = new byte[length];
            int read = 0;
            for (int count = 1; count > 0 && read < bytes.Length; read += count)
            {
                count = RandomAccess.Read(file, bytes.AsSpan(read), read);
            }

            return read == bytes.Length
                ? bytes
                : throw new InvalidInputException($"'{path}' became shorter while it was read.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            throw new InvalidInputException($"'{path}' cannot be read; expected a WAV file that this user may read.");
        }
    }
}
