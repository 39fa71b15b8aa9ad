using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace TinyQuant.Model;

/// <summary>
/// Gives every buffer an offset in one arena so that buffers live at the same time never overlap. Buffers are placed
/// one by one, each in the lowest or in the tightest gap that its neighbours in time leave, or from the two ends of the
/// arena in turns, which suits chains. Largest first, as TensorFlow
/// Lite Micro does, is usually best; a few other orders are tried as well and the smallest arena is kept.
/// </summary>
static partial class MemoryPlanner
{
    /// <summary>The alignment of buffers that ask for no other.</summary>
    public const int DefaultAlignment = 8;

    /// <summary>Plans an arena; the same requests always give the same plan.</summary>
    /// <param name="requests">The buffers.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentException">A request has a negative size, ends before it begins, or is aligned to
    /// something other than a power of two.</exception>
    /// <exception cref="OverflowException">The arena would be larger than <see cref="int.MaxValue"/> bytes.</exception>
    public static MemoryPlan Plan(IReadOnlyList<BufferRequest> requests) =>
        TryPlan(requests, out MemoryPlan? plan)
            ? plan
            : throw new OverflowException($"The arena of {requests.Count} buffers is larger than {int.MaxValue} bytes.");

    /// <summary>As <see cref="Plan"/>, but false where the arena would be larger than <see cref="int.MaxValue"/>
    /// bytes.</summary>
    /// <param name="requests">The buffers.</param>
    /// <param name="plan">The plan; null where there is none.</param>
    /// <returns>Whether there is a plan.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Plan"/>.</exception>
    public static bool TryPlan(IReadOnlyList<BufferRequest> requests, [NotNullWhen(true)] out MemoryPlan? plan)
    {
        foreach (BufferRequest request in requests)
        {
            Check(request);
        }
        plan = null;
        long lowerBound = LowerBound(requests);
        if (lowerBound > int.MaxValue)
        {
            return false;
        }
        long[]? best = null;
        long bestBytes = int.MaxValue + 1L;
        foreach (int[] order in PlacementOrders.Of(requests))
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
                    break;
                }
            }
            if (bestBytes == lowerBound)
            {
                break;
            }
        }
        if (best is null)
        {
            return false;
        }
        plan = new MemoryPlan(best.Select(offset => (int)offset).ToImmutableArray(), (int)bestBytes, (int)lowerBound);
        return true;
    }

    /// <summary>Places more buffers around those of a plan, which stay where they are.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="placed">The requests it was made for.</param>
    /// <param name="more">What to place besides.</param>
    /// <param name="extended">The plan of both, in that order, whose lower bound is the old one's; null where there is none.</param>
    /// <returns>Whether it fits <see cref="int.MaxValue"/> bytes.</returns>
    internal static bool TryExtend(
        MemoryPlan plan, IReadOnlyList<BufferRequest> placed, IReadOnlyList<BufferRequest> more, [NotNullWhen(true)] out MemoryPlan? extended)
    {
        BufferRequest[] all = [.. placed, .. more];
        long[] offsets = [.. plan.Offsets.Select(o => (long)o), .. more.Select(_ => 0L)];
        List<int> order = [.. Enumerable.Range(0, placed.Count).Where(i => placed[i].Bytes > 0).OrderBy(i => offsets[i])];
        long arena = plan.ArenaBytes;
        foreach (int index in Enumerable.Range(placed.Count, more.Count).Where(i => all[i].Bytes > 0).OrderByDescending(i => all[i].Bytes))
        {
            offsets[index] = FindGap(all, order, offsets, all[index], tightest: true);
            arena = Math.Max(arena, offsets[index] + all[index].AlignedBytes);
            order.Insert(order.TakeWhile(i => offsets[i] <= offsets[index]).Count(), index);
        }
        extended = arena > int.MaxValue ? null : new MemoryPlan([.. offsets.Select(o => (int)o)], (int)arena, plan.LowerBound);
        return extended is not null;
    }

    private static void Check(BufferRequest request)
    {
        if (request.Bytes < 0 || request.LastUse < request.FirstUse
            || request.Alignment < 1 || (request.Alignment & (request.Alignment - 1)) != 0)
        {
            throw new ArgumentException($"{request}: expected a size of 0 or more, a last use not before the first, "
                + "and a power of two as alignment.", nameof(request));
        }
    }

    private static long LowerBound(IReadOnlyList<BufferRequest> requests)
    {
        long live = 0;
        long most = 0;
        IEnumerable<(long Step, long Bytes)> begins = requests.Select(r => ((long)r.FirstUse, r.AlignedBytes));
        IEnumerable<(long Step, long Bytes)> ends = requests.Select(r => (r.LastUse + 1L, -r.AlignedBytes));
        foreach ((_, long bytes) in begins.Concat(ends).OrderBy(e => e.Step).ThenBy(e => e.Bytes))
        {
            live += bytes;
            most = Math.Max(most, live);
        }
        return most;
    }

    /// <summary>Places the buffers in this order; returns the size of the arena.</summary>
    private static long Place(IReadOnlyList<BufferRequest> requests, int[] order, Fit fit, long limit, out long[] offsets)
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
                ? FindHighest(requests, placed, offsets, request, limit) ?? FindGap(requests, placed, offsets, request, tightest: false)
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

    /// <summary>The highest place below the limit that its neighbours in time leave; null where there is none.</summary>
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
                && offsets[other] < offset + request.AlignedBytes && offset < offsets[other] + requests[other].AlignedBytes);
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

    /// <summary>Which of the gaps that are large enough a buffer takes.</summary>
    private enum Fit
    {
        /// <summary>The lowest one.</summary>
        Lowest,

        /// <summary>The smallest one.</summary>
        Tightest,

        /// <summary>The lowest or, every other operator, the highest one below the lower bound.</summary>
        Ends,
    }

    private static long Align(long offset, int alignment) => (offset + alignment - 1) & -(long)alignment;
}
