using System.Diagnostics;

namespace TinyQuant.Bench;

/// <summary>Times of several kinds of work in turns, so that other load on the machine hits all alike.</summary>
internal static class Timing
{
    private const int WarmUps = 3;

    /// <summary>Nanoseconds a run of each kind: the tenth percentile of many short rounds.</summary>
    public static double[] InTurns(ReadOnlySpan<Func<int>> kinds, int rounds, int runs)
    {
        double[][] times = new double[kinds.Length][];
        foreach (ref double[] kind in times.AsSpan())
        {
            kind = new double[rounds];
        }

        for (int round = -WarmUps; round < rounds; round++)
        {
            for (int kind = 0; kind < kinds.Length; kind++)
            {
                double time = Nanoseconds(kinds[kind], runs);
                if (round >= 0)
                {
                    times[kind][round] = time;
                }
            }
        }

        foreach (double[] kind in times)
        {
            Array.Sort(kind);
        }

        return Array.ConvertAll(times, kind => kind[rounds / 10]);
    }

    private static double Nanoseconds(Func<int> run, int runs)
    {
        int sink = 0;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < runs; i++)
        {
            sink += run();
        }

        double time = Stopwatch.GetElapsedTime(start).TotalNanoseconds / runs;
        GC.KeepAlive(sink);
        return time;
    }
}
