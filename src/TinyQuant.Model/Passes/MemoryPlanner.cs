using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace TinyQuant.Model;

/// <summary>
/// Gives every buffer an offset in one arena so that buffers live at the same time never overlap. Buffers are placed
/// one by one, each in the lowest or in the tightest gap that its neighbours in time leave, or from the two ends of the
/// arena in turns, which suits chains. Largest first, as TensorFlow Lite Micro does, is usually best; a few other
/// orders are tried as well and the smallest arena is kept. Where one trial takes long, fewer are made: how many
/// depends on the requests alone and not on a clock, so that every machine has the same plan.
/// </summary>
public static class MemoryPlanner
{
    /// <summary>The alignment of buffers that ask for no other.</summary>
    public const int DefaultAlignment = 8;

    private const long MostWork = 200_000_000; // a second or so, which only models that nobody has come near

    private static readonly Fit[] s_fits = [Fit.Lowest, Fit.Tightest, Fit.Ends];

    /// <summary>Plans an arena; the same requests always give the same plan.</summary>
    /// <param name="requests">The buffers.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentException">A request has a negative size, ends before it begins, or is aligned to
    /// something other than a power of two.</exception>
    /// <exception cref="OverflowException">The arena would be larger than <see cref="int.MaxValue"/> bytes.</exception>
    public static MemoryPlan Plan(IReadOnlyList<BufferRequest> requests) =>
        TryPlan(requests, out MemoryPlan? plan)
            ? plan
            : throw new OverflowException(
                $"The arena of {requests.Count} buffers is larger than {int.MaxValue} bytes.");

    /// <summary>As <see cref="Plan"/>, but false where the arena would be larger than <see cref="int.MaxValue"/>
    /// bytes.</summary>
    /// <param name="requests">The buffers.</param>
    /// <param name="plan">The plan; null where there is none.</param>
    /// <returns>Whether there is a plan.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Plan"/>.</exception>
    public static bool TryPlan(IReadOnlyList<BufferRequest> requests, [NotNullWhen(true)] out MemoryPlan? plan) =>
        TryPlan(requests, out plan, CancellationToken.None);

    /// <summary>
    /// As the public one, which a compiler may cancel: the plan of a large model takes a second or so.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal static bool TryPlan(
        IReadOnlyList<BufferRequest> requests, [NotNullWhen(true)] out MemoryPlan? plan, CancellationToken cancellation)
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

        LiveTogether? live = LiveTogether.Of(requests);
        Placement? best = null;
        long work = 0;
        foreach ((int[] order, Fit fit) in PlacementOrders.Of(requests).SelectMany(o => s_fits.Select(f => (o, f))))
        {
            var placement = new Placement(requests, live);
            foreach (int index in order)
            {
                cancellation.ThrowIfCancellationRequested();
                placement.Place(index, fit, lowerBound);
            }

            best = placement.ArenaBytes < (best?.ArenaBytes ?? (int.MaxValue + 1L)) ? placement : best;
            work += placement.Work;
            if (best?.ArenaBytes == lowerBound || work > MostWork)
            {
                break;
            }
        }

        if (best is null)
        {
            return false;
        }

        plan = new MemoryPlan(best.Offsets.Select(offset => (int)offset).ToImmutableArray(), (int)best.ArenaBytes,
            (int)lowerBound)
        { Work = work };
        return true;
    }

    /// <summary>Places more buffers around those of a plan, which stay where they are.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="placed">The requests it was made for.</param>
    /// <param name="more">What to place besides.</param>
    /// <param name="extended">The plan of both, in that order, whose lower bound is the old one's; null where there is
    /// none.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>Whether it fits <see cref="int.MaxValue"/> bytes.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal static bool TryExtend(
        MemoryPlan plan, IReadOnlyList<BufferRequest> placed, IReadOnlyList<BufferRequest> more,
        [NotNullWhen(true)] out MemoryPlan? extended, CancellationToken cancellation)
    {
        BufferRequest[] all = [.. placed, .. more];
        var placement = new Placement(all, live: null);
        for (int i = 0; i < placed.Count; i++)
        {
            placement.Fix(i, plan.Offsets[i]);
        }

        foreach (int index in Enumerable.Range(placed.Count, more.Count).OrderByDescending(i => all[i].Bytes))
        {
            cancellation.ThrowIfCancellationRequested();
            placement.Place(index, Fit.Tightest, limit: 0);
        }

        long arena = Math.Max(plan.ArenaBytes, placement.ArenaBytes);
        extended = arena > int.MaxValue
            ? null
            : new MemoryPlan([.. placement.Offsets.Select(o => (int)o)], (int)arena, plan.LowerBound);
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
}
