namespace TinyQuant.Training.Numerics;

/// <summary>
/// Splits work over the cores in parts whose bounds depend on the amount of work alone, so that sums that are built
/// part by part and then joined in the order of the parts come out the same on every number of cores.
/// </summary>
internal static class BatchShards
{
    /// <summary>How many parts there are at most.</summary>
    public const int Count = 8;

    /// <summary>
    /// How many parts run at once; -1 for as many as there are cores. Tests set it to show that it changes nothing.
    /// </summary>
    internal static int MaxParallelism { get; set; } = -1;

    /// <summary>Runs one action a part: its number, its first item, its number of items (never 0).</summary>
    public static void Run(int items, Action<int, int, int> action)
    {
        int parts = Math.Min(Count, items);
        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = MaxParallelism }, part =>
        {
            int first = (int)((long)items * part / parts);
            int end = (int)((long)items * (part + 1) / parts);
            action(part, first, end - first);
        });
    }
}
