namespace TinyQuant.Model.Tests.Passes;

/// <summary>
/// The planner in plain loops: each buffer looks at all that are placed, and each order at all pairs.
/// </summary>
internal static class PlainMemoryPlanner
{
    /// <summary>The offsets of the smallest arena that it finds.</summary>
    public static long[] Plan(IReadOnlyList<BufferRequest> requests, long lowerBound)
    {
        long[] best = [];
        long bestBytes = long.MaxValue;
        foreach (int[] order in Orders(requests))
        {
            foreach (Fit fit in new[] { Fit.Lowest, Fit.Tightest, Fit.Ends })
            {
                long bytes = Place(requests, order, fit, lowerBound, out long[] offsets);
                if (bytes < bestBytes)
                {
                    (best, bestBytes) = (offsets, bytes);
                }

                if (bestBytes == lowerBound)
                {
                    return best;
                }
            }
        }

        return best;
    }

    /// <summary>Places the buffers in this order; returns the size of the arena.</summary>
    private static long Place(
        IReadOnlyList<BufferRequest> requests, int[] order, Fit fit, long limit, out long[] offsets)
    {
        offsets = new long[requests.Count];
        var placed = new List<int>(requests.Count); // by offset
        long arena = 0;
        foreach (int index in order)
        {
            BufferRequest request = requests[index];
            if (request.Bytes == 0)
            {
                continue;
            }

            long offset = fit == Fit.Ends && request.FirstUse % 2 != 0
                ? FindHighest(requests, placed, offsets, request, limit)
                    ?? FindGap(requests, placed, offsets, request, tightest: false)
                : FindGap(requests, placed, offsets, request, fit == Fit.Tightest);
            offsets[index] = offset;
            arena = Math.Max(arena, offset + request.AlignedBytes);
            int position = placed.Count;
            while (position > 0 && offsets[placed[position - 1]] > offset)
            {
                position--;
            }

            placed.Insert(position, index);
        }

        return arena;
    }

    /// <summary>
    /// The highest place below the limit that its neighbours in time leave; null where there is none.
    /// </summary>
    private static long? FindHighest(
        IReadOnlyList<BufferRequest> requests, List<int> placed, long[] offsets, BufferRequest request, long limit)
    {
        long top = limit;
        while (true)
        {
            long offset = (top - request.AlignedBytes) & -(long)request.Alignment;
            if (offset < 0)
            {
                return null;
            }
            // Neighbours that are not live together may overlap each other, so all that are in the way count.
            int blocker = placed.FindIndex(other => requests[other].IsLiveWith(request)
                && offsets[other] < offset + request.AlignedBytes
                && offset < offsets[other] + requests[other].AlignedBytes);
            if (blocker < 0)
            {
                return offset;
            }

            top = offsets[placed[blocker]];
        }
    }

    private static long FindGap(
        IReadOnlyList<BufferRequest> requests, List<int> placed, long[] offsets, BufferRequest request, bool tightest)
    {
        long end = 0; // of the neighbours so far
        long found = -1;
        long foundGap = long.MaxValue;
        foreach (int other in placed)
        {
            BufferRequest neighbour = requests[other];
            if (!neighbour.IsLiveWith(request))
            {
                continue;
            }

            long gap = offsets[other] - end;
            if (gap >= request.AlignedBytes && gap < foundGap)
            {
                (found, foundGap) = (end, gap);
                if (!tightest)
                {
                    return found;
                }
            }

            end = Align(Math.Max(end, offsets[other] + neighbour.AlignedBytes), request.Alignment);
        }

        return found >= 0 ? found : end;
    }

    private static long Align(long offset, int alignment) => (offset + alignment - 1) & -(long)alignment;

    private static IEnumerable<int[]> Orders(IReadOnlyList<BufferRequest> requests)
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
