namespace TinyQuant.Model;

/// <summary>
/// For each buffer those that some operator needs together with it. In a model as people have them that are a few for
/// each, so that a plan takes time in proportion to the buffers; where they are many, lists of them would be too large,
/// and whoever places a buffer looks at all that are placed.
/// </summary>
internal sealed class LiveTogether
{
    private const int MostPairs = 1 << 21; // 16 MB of lists
    private const int ListedShare = 16; // lists are sorted, so they pay only where they are a small part of all

    private readonly int[] _starts;
    private readonly int[] _others;

    private LiveTogether(int[] starts, int[] others) => (_starts, _others) = (starts, others);

    /// <summary>The lists; null where there are too many pairs for that.</summary>
    /// <param name="requests">The buffers; those of no bytes are in no list.</param>
    public static LiveTogether? Of(IReadOnlyList<BufferRequest> requests)
    {
        long most = Math.Min(
            MostPairs, Math.Max(requests.Count * 8L, (long)requests.Count * requests.Count / ListedShare));
        int[] order = [
            .. Enumerable.Range(0, requests.Count).Where(i => requests[i].Bytes > 0)
            .OrderBy(i => requests[i].FirstUse)];
        List<(int Older, int Younger)> pairs = [];
        List<int> live = []; // of those that began so far
        foreach (int index in order)
        {
            int first = requests[index].FirstUse;
            int kept = 0;
            for (int i = 0; i < live.Count; i++)
            {
                if (requests[live[i]].LastUse >= first)
                {
                    pairs.Add((live[i], index));
                    live[kept++] = live[i];
                }
            }

            live.RemoveRange(kept, live.Count - kept);
            live.Add(index);
            if (pairs.Count > most)
            {
                return null;
            }
        }

        return Listed(pairs, requests.Count);
    }

    /// <summary>Those that are live together with a buffer, in no order.</summary>
    public ReadOnlySpan<int> With(int index) => _others.AsSpan(_starts[index], _starts[index + 1] - _starts[index]);

    private static LiveTogether Listed(List<(int Older, int Younger)> pairs, int count)
    {
        int[] starts = new int[count + 1];
        foreach ((int older, int younger) in pairs)
        {
            starts[older + 1]++;
            starts[younger + 1]++;
        }

        for (int i = 0; i < count; i++)
        {
            starts[i + 1] += starts[i];
        }

        int[] next = [.. starts];
        int[] others = new int[pairs.Count * 2];
        foreach ((int older, int younger) in pairs)
        {
            others[next[older]++] = younger;
            others[next[younger]++] = older;
        }

        return new LiveTogether(starts, others);
    }
}
