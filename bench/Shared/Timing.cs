using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace TinyQuant.Bench;

/// <summary>Times of several kinds of work in turns, so that other load on the machine hits all alike.</summary>
internal static class Timing
{
    private const int WarmUps = 3;

    /// <summary>Under the JIT: it compiles again what runs often, in the background, some time after.</summary>
    private const int JitWarmUps = 12;

    private static readonly TimeSpan s_jitPause = TimeSpan.FromMilliseconds(120);

    /// <summary>Nanoseconds a run of each kind: the tenth percentile of many short rounds.</summary>
    public static double[] InTurns(ReadOnlySpan<Func<int>> kinds, int rounds, int runs)
    {
        int[] all = new int[kinds.Length];
        Array.Fill(all, runs);
        return InTurns(kinds, rounds, all);
    }

    /// <summary>The same where a round of each kind has so many runs.</summary>
    public static double[] InTurns(ReadOnlySpan<Func<int>> kinds, int rounds, ReadOnlySpan<int> runs)
    {
        double[][] times = new double[kinds.Length][];
        foreach (ref double[] kind in times.AsSpan())
        {
            kind = new double[rounds];
        }

        int warmUps = RuntimeFeature.IsDynamicCodeCompiled ? JitWarmUps : WarmUps;
        for (int round = -warmUps; round < rounds; round++)
        {
            for (int kind = 0; kind < kinds.Length; kind++)
            {
                double time = Nanoseconds(kinds[kind], runs[kind]);
                if (round >= 0)
                {
                    times[kind][round] = time;
                }
            }

            if (round < 0 && RuntimeFeature.IsDynamicCodeCompiled)
            {
                Thread.Sleep(s_jitPause);
            }
        }

        foreach (double[] kind in times)
        {
            Array.Sort(kind);
        }

        return Array.ConvertAll(times, kind => kind[rounds / 10]);
    }

    /// <summary>
    /// How many runs of a kind fill a round of that length; under the JIT at least enough for it to take notice. A
    /// round that is longer than what the system gives a process at a time is never undisturbed on a busy machine.
    /// </summary>
    public static int RunsOf(Func<int> kind, TimeSpan round)
    {
        const int probes = 32;
        Nanoseconds(kind, 1);
        int least = RuntimeFeature.IsDynamicCodeCompiled ? 4 : 1;
        return (int)Math.Clamp(round.TotalNanoseconds / Nanoseconds(kind, probes), least, 1 << 20);
    }

    private static double Nanoseconds(Func<int> run, int runs)
    {
        int sink = run(); // not timed: the other kinds may have pushed its data out of the cache
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
