using TinyQuant;

namespace Keywords;

/// <summary><c>keywords --self-test</c>: a made-up stream, the same on every processor.</summary>
internal static class SelfTest
{
    private const int Seconds = 100;
    private const int Frames = Seconds * Spotter.SampleRate / 320;

    /// <summary>FNV-1a over every score: the features and the model give the same codes on every processor.</summary>
    private const uint Expected = 0xa3a05448;

    public static int Run()
    {
        var spotter = new Spotter(Options.DefaultThreshold);
        short[] second = new short[Spotter.SampleRate];
        uint state = 1;
        uint hash = 2_166_136_261;
        long before = 0;
        for (int i = 0; i < Seconds; i++)
        {
            if (i == 1) // what the first second needs is needed once
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            Fill(second, i, ref state);
            for (int at = 0; at < second.Length; at += Spotter.Step)
            {
                ReadOnlySpan<short> samples = second.AsSpan(at, Spotter.Step);
                while (spotter.Find(ref samples, out _))
                {
                }

                foreach (sbyte score in spotter.Scores)
                {
                    hash = (hash ^ (byte)score) * 16_777_619;
                }
            }
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Console.WriteLine(
            Frames + " frames: scores " + hash.ToString("x8") + ", " + allocated + " bytes allocated (" + DotUnits.Int8
                + ")");
        bool isRight = allocated == 0 && hash == Expected;
        Console.WriteLine(
            isRight
                ? "self-test passed"
                : "self-test FAILED: expected scores " + Expected.ToString("x8") + " and 0 bytes");
        return isRight ? 0 : 1;
    }

    /// <summary>
    /// A second of noise under a saw-tooth envelope, over a square wave; both change from second to second. Integers
    /// alone.
    /// </summary>
    private static void Fill(Span<short> samples, int second, ref uint state)
    {
        int period = 16 + (second * 7 % 160);
        int loudness = 1 << (second % 13);
        for (int i = 0; i < samples.Length; i++)
        {
            state = (state * 1_664_525) + 1_013_904_223;
            int noise = (int)(state >> 20) - 2_048;
            int envelope = (i * 5 % samples.Length) >> 6;
            int wave = i % period < period / 2 ? 1 : -1;
            samples[i] = (short)(((noise * envelope) >> 9) + (wave * loudness));
        }
    }
}
