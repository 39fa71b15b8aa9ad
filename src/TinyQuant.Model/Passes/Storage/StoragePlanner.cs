namespace TinyQuant.Model;

/// <summary>
/// Decides which operators work in place. Those that do so for nothing do; one that keeps a memory larger than its
/// tensor, or that needs scratch for it, does only where that makes the arena smaller. A window over time stays where
/// it is computed unless that makes the arena larger.
/// </summary>
internal static class StoragePlanner
{
    private const int MaxTrials = 64; // each plans the arena once
    private const int ManyOperators = 1_000; // one plan of so many takes long enough
    private const long MostWork = 400_000_000; // of all trials, in what the planner counts

    /// <param name="graph">The graph.</param>
    /// <param name="keepsWindows">Whether windows may be kept: not where other graphs may have the same variables,
    /// which look for them in a place of their own.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static StorageAssignment Plan(Graph graph, bool keepsWindows, CancellationToken cancellation)
    {
        HashSet<int> costly = [];
        HashSet<StreamingWindow> windows = [];
        StorageAssignment Assign(Func<InPlaceCandidate, bool> inPlace, Func<StreamingWindow, bool> window) => new(
            graph, candidate =>
            {
                if (!candidate.IsFree)
                {
                    costly.Add(candidate.OperatorIndex);
                }

                return candidate.IsFree || inPlace(candidate);
            }, window);

        StorageAssignment best = Assign(_ => false, window => keepsWindows && windows.Add(window));
        if ((costly.Count == 0 && windows.Count == 0) || graph.Operators.Length > ManyOperators)
        {
            return best;
        }

        long work = 0;
        long bestBytes = ArenaBytes(graph, best, ref work, cancellation);
        HashSet<StreamingWindow> kept = [.. windows];
        foreach (StreamingWindow window in windows.OrderByDescending(w => w.Offset).Take(MaxTrials)
            .TakeWhile(_ => work < MostWork))
        {
            kept.Remove(window);
            StorageAssignment trial = Assign(_ => false, kept.Contains);
            long bytes = ArenaBytes(graph, trial, ref work, cancellation);
            if (bytes < bestBytes)
            {
                (best, bestBytes) = (trial, bytes);
            }
            else
            {
                kept.Add(window);
            }
        }

        HashSet<int> chosen = [];
        foreach (int index in costly.OrderByDescending(i => graph.Operators[i].Inputs[0].ByteLength).Take(MaxTrials)
            .TakeWhile(_ => work < MostWork))
        {
            chosen.Add(index);
            StorageAssignment trial = Assign(c => chosen.Contains(c.OperatorIndex), kept.Contains);
            long bytes = ArenaBytes(graph, trial, ref work, cancellation);
            if (bytes < bestBytes)
            {
                (best, bestBytes) = (trial, bytes);
            }
            else
            {
                chosen.Remove(index);
            }
        }

        return best;
    }

    private static long ArenaBytes(
        Graph graph, StorageAssignment assignment, ref long work, CancellationToken cancellation)
    {
        BufferRequest[] requests =
        [
            .. assignment.Storages.Where(s => s.Kind == StorageKind.Arena)
                .Select(s => new BufferRequest(s.Owner.Name, s.Bytes, s.FirstUse, s.LastUse)),
            .. Enumerable.Range(0, graph.Operators.Length)
                .Where(i => assignment.IsShared(i) && graph.Operators[i].InPlaceScratchBytes > 0)
                .Select(i =>
                    new BufferRequest(
                        graph.Operators[i].Outputs[0].Name, graph.Operators[i].InPlaceScratchBytes, i, i)),
        ];
        if (!MemoryPlanner.TryPlan(requests, out MemoryPlan? plan, cancellation))
        {
            return long.MaxValue;
        }

        work += plan.Work;
        return plan.ArenaBytes + assignment.Storages.Where(s => s.Kind == StorageKind.State).Sum(s => (long)s.Bytes);
    }
}
