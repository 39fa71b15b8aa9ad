namespace TinyQuant.Model;

/// <summary>
/// The orders in which the memory planner tries to place buffers, each a permutation of their indexes.
/// </summary>
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
        BufferRequest[] begun = [.. requests.OrderBy(r => r.FirstUse)];
        BufferRequest[] ended = [.. requests.OrderBy(r => r.LastUse)];
        int[] firstUses = [.. begun.Select(r => r.FirstUse)];
        long[] breadths = new long[begun.Length];
        long live = 0;
        int next = 0;
        int over = 0;
        for (int i = 0; i < breadths.Length; i++)
        {
            for (; next < begun.Length && firstUses[next] <= firstUses[i]; next++)
            {
                live += begun[next].AlignedBytes;
            }

            for (; ended[over].LastUse < firstUses[i]; over++)
            {
                live -= ended[over].AlignedBytes;
            }

            breadths[i] = live;
        }

        var widest = new RangeMaximum(breadths);
        return Enumerable.Range(0, requests.Count)
            .OrderByDescending(i =>
                widest.Of(
                    LowerBound(firstUses, requests[i].FirstUse), LowerBound(firstUses, (long)requests[i].LastUse + 1)))
            .ThenByDescending(i => requests[i].AlignedBytes)
            .ToArray();
    }

    /// <summary>The index of the first value that is not below one.</summary>
    private static int LowerBound(int[] sorted, long value)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
