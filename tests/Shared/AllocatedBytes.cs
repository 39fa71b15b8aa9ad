namespace TinyQuant.Tests;

/// <summary>What code allocates on this thread.</summary>
internal static class AllocatedBytes
{
    private const int Rounds = 5;

    /// <summary>
    /// The least of some rounds, ended by the first that allocates nothing: where another thread's collection falls
    /// into a round, the runtime may count the rest of this thread's allocation context, up to 8 KB, as allocated. What
    /// the code itself allocates it allocates in every round.
    /// </summary>
    /// <param name="round">The code, after it has been warmed up.</param>
    public static long Of(Action round)
    {
        long least = long.MaxValue;
        for (int i = 0; i < Rounds && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
