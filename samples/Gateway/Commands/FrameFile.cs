using System.Buffers.Binary;
using System.Globalization;
using Gateway.Frames;
using Gateway.Monitoring;
using Gateway.Scoring;

namespace Gateway.Commands;

/// <summary>
/// Commands on a file of frames, one payload after the other, as a recorder of the topic would write it.
/// </summary>
internal static class FrameFile
{
    /// <summary><c>--scores FILE</c>: the score of each frame on a line.</summary>
    /// <exception cref="FormatException">A payload is no frame.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static int PrintScores(string path)
    {
        foreach (float score in Score(path))
        {
            Console.WriteLine(score.ToString("R", CultureInfo.InvariantCulture));
        }

        return 0;
    }

    /// <summary><c>--threshold FILE</c>: percentiles of the scores of a healthy machine's frames.</summary>
    /// <inheritdoc cref="PrintScores"/>
    public static int PrintThreshold(string path)
    {
        float[] scores = [.. Score(path).Order()];
        if (scores.Length == 0)
        {
            throw new FormatException($"{path} has no frames");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{scores.Length} frames: median {Percentile(scores, 50)}, 99 % {Percentile(scores, 99)}, 99.9 % {Percentile(scores, 99.9)}, largest {scores[^1]}"));
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"--Alerts:Threshold={Percentile(scores, 99.9):0.0000}"));
        return 0;
    }

    /// <summary>The score that so many percent of all do not exceed (nearest rank).</summary>
    /// <param name="sorted">Ascending, at least one.</param>
    /// <param name="percent">Above 0, at most 100.</param>
    public static float Percentile(IReadOnlyList<float> sorted, double percent) =>
        sorted[(int)Math.Ceiling(percent / 100 * sorted.Count) - 1];

    private static IEnumerable<float> Score(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        var scorer = new FrameScorer();
        float[] samples = new float[LogSpectrum.Samples];
        for (int at = 0; at < bytes.Length;)
        {
            int length = LengthAt(bytes.AsSpan(at));
            Rejection rejection = length > bytes.Length - at
                ? Rejection.Length
                : FrameFormat.Read(bytes.AsSpan(at, length), samples);
            if (rejection != Rejection.None)
            {
                throw new FormatException($"{path}: what stands at byte {at} is no frame: {rejection} is wrong");
            }

            at += length;
            yield return scorer.Score(samples);
        }
    }

    private static int LengthAt(ReadOnlySpan<byte> rest) => rest.Length < FrameFormat.HeaderBytes
        ? FrameFormat.HeaderBytes
        : FrameFormat.HeaderBytes
            + (BinaryPrimitives.ReadUInt16LittleEndian(rest[2..])
                * (rest[1] == FrameFormat.Int16 ? sizeof(short) : sizeof(float)));
}
