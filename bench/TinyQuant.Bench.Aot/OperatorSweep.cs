namespace TinyQuant.Bench;

/// <summary>
/// Each operator's time, an element's share of it, and how many times as long it is as a copy of the bytes that are
/// read.
/// </summary>
internal static class OperatorSweep
{
    private const int ElementsOfARound = 1 << 18;

    public static void Run(int rounds)
    {
        OperatorWorkloads workloads = new();
        Console.WriteLine($"{"operator",-36} {"ns",10} {"ns a byte",10} {"copies",8}");
        foreach ((string name, int bytes, Func<int> run) in workloads.All.Concat(new Int16Workloads().All)
            .Concat(new SignalWorkloads().All))
        {
            double[] times = Timing.InTurns(
                [run, () => workloads.Copy(bytes)], rounds, Math.Max(ElementsOfARound / bytes, 4));
            Console.WriteLine(
                FormattableString.Invariant($"{name,-36} {times[0],10:F1} {times[0] / bytes,10:F4} ")
                    + FormattableString.Invariant($"{times[0] / times[1],8:F2}"));
        }
    }
}
