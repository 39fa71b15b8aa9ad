namespace TinyQuant.Model;

/// <summary>The orders in which the memory planner tries to place buffers, each a permutation of their indexes.</summary>
internal static class PlacementOrders
{
    public static IEnumerable<int[]> Of(IReadOnlyList<BufferRequest> requests)
    {
        yield return By(requests, r => -r.AlignedBytes, r => r.FirstUse);
        yield return By(requests, r => -r.AlignedBytes, r => -r.Lifetime);
        yield return By(requests, r => -(double)r.AlignedBytes * r.Lifetime, r => r.FirstUse);
        yield return By(requests, r => -r.Lifetime, r => -r.AlignedBytes);
        yield return By(requests, r => r.FirstUse, r => -r.AlignedBytes);
        yield return By(requests, r => r.FirstUse, r => -r.Lifetime);
        yield return By(requests, r => -(long)r.LastUse, r => -r.AlignedBytes);
        yield return By(requests, r => -(long)r.LastUse, r => -r.Lifetime);
        yield return ByBreadth(requests);
    }

    private static int[] By(
        IReadOnlyList<BufferRequest> requests, Func<BufferRequest, double> first, Func<BufferRequest, double> second) =>
        Enumerable.Range(0, requests.Count).OrderBy(i => first(requests[i])).ThenBy(i => second(requests[i])).ToArray();

    /// <summary>The operators that need most memory first, and the buffers of each by size.</summary>
    private static int[] ByBreadth(IReadOnlyList<BufferRequest> requests)
    {
        // The live set only grows where a buffer begins, so the widest moments are first uses.
        long[] breadths = requests.Select(r => requests
            .Where(other => other.FirstUse <= r.FirstUse && r.FirstUse <= other.LastUse)
            .Sum(other => other.AlignedBytes)).ToArray();
        return Enumerable.Range(0, requests.Count)
            .OrderByDescending(i => Enumerable.Range(0, requests.Count)
                .Where(j => requests[i].FirstUse <= requests[j].FirstUse && requests[j].FirstUse <= requests[i].LastUse)
                .Max(j => breadths[j]))
            .ThenByDescending(i => requests[i].AlignedBytes)
            .ToArray();
    }
}
