namespace TinyQuant.Model;

/// <summary>
/// Decides which operators work in place. Those that do so for nothing do; one that keeps a memory larger than its
/// tensor, or that needs scratch for it, does only where that makes the arena smaller.
/// </summary>
internal static class StoragePlanner
{
    private const int MaxTrials = 64; // each plans the arena once

    public static StorageAssignment Plan(Graph graph)
    {
        HashSet<int> costly = [];
        var best = new StorageAssignment(graph, candidate =>
        {
            if (!candidate.IsFree)
            {
                costly.Add(candidate.OperatorIndex);
            }
            return candidate.IsFree;
        });
        long bestBytes = ArenaBytes(best);
        HashSet<int> chosen = [];
        foreach (int index in costly.OrderByDescending(i => graph.Operators[i].Inputs[0].ByteLength).Take(MaxTrials))
        {
            chosen.Add(index);
            var trial = new StorageAssignment(graph, c => c.IsFree || chosen.Contains(c.OperatorIndex));
            long bytes = ArenaBytes(trial);
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

    private static long ArenaBytes(StorageAssignment assignment)
    {
        BufferRequest[] requests = [.. assignment.Storages.Where(s => s.Kind == StorageKind.Arena)
            .Select(s => new BufferRequest(s.Owner.Name, s.Bytes, s.FirstUse, s.LastUse))];
        return MemoryPlanner.TryPlan(requests, out MemoryPlan? plan) ? plan.ArenaBytes : long.MaxValue;
    }
}
