namespace TinyQuant.Model;

/// <summary>Which of the gaps that are large enough a buffer takes.</summary>
internal enum Fit
{
    /// <summary>The lowest one.</summary>
    Lowest,

    /// <summary>The smallest one.</summary>
    Tightest,

    /// <summary>The lowest or, every other operator, the highest one below the lower bound.</summary>
    Ends,
}

/// <summary>Places buffers one by one, each in a gap that those of its time leave which are placed already.</summary>
internal sealed class Placement
{
    private readonly IReadOnlyList<BufferRequest> _requests;
    private readonly LiveTogether? _live;
    private readonly bool[] _isPlaced;
    private readonly int[] _placed; // where there are no lists
    private readonly int[] _near; // those placed that are live with the buffer at hand
    private readonly long[] _keys; // what they are sorted by
    private int _placedCount;
    private int _nearCount;

    /// <param name="requests">The buffers.</param>
    /// <param name="live">Which are live together; null where that is to be looked up for each.</param>
    public Placement(IReadOnlyList<BufferRequest> requests, LiveTogether? live)
    {
        _requests = requests;
        _live = live;
        Offsets = new long[requests.Count];
        _isPlaced = new bool[requests.Count];
        _placed = new int[live is null ? requests.Count : 0];
        _near = new int[requests.Count];
        _keys = new long[requests.Count];
    }

    /// <summary>Where each buffer lies; 0 until it is placed.</summary>
    public long[] Offsets { get; }

    /// <summary>The end of the last buffer.</summary>
    public long ArenaBytes { get; private set; }

    /// <summary>The buffers that were looked at so far: what the placing took.</summary>
    public long Work { get; private set; }

    /// <summary>Places a buffer; one of no bytes lies at 0 and is in nobody's way.</summary>
    /// <param name="index">The buffer.</param>
    /// <param name="fit">The gap to take.</param>
    /// <param name="limit">What <see cref="Fit.Ends"/> stays below.</param>
    public void Place(int index, Fit fit, long limit)
    {
        BufferRequest request = _requests[index];
        if (request.Bytes > 0)
        {
            Gather(index);
            Fix(index, fit == Fit.Ends && request.FirstUse % 2 != 0
                ? FindHighest(request, limit) ?? FindGap(request, tightest: false)
                : FindGap(request, fit == Fit.Tightest));
        }
    }

    /// <summary>Lays a buffer where a plan has it.</summary>
    /// <param name="index">The buffer.</param>
    /// <param name="offset">Its place.</param>
    public void Fix(int index, long offset)
    {
        if (_requests[index].Bytes == 0)
        {
            return;
        }

        Offsets[index] = offset;
        ArenaBytes = Math.Max(ArenaBytes, End(index));
        _isPlaced[index] = true;
        if (_live is null)
        {
            _placed[_placedCount++] = index;
        }
    }

    private long End(int index) => Offsets[index] + _requests[index].AlignedBytes;

    private void Gather(int index)
    {
        _nearCount = 0;
        if (_live is not null)
        {
            foreach (int other in _live.With(index))
            {
                if (_isPlaced[other])
                {
                    _near[_nearCount++] = other;
                }
            }

            Work += _live.With(index).Length;
        }
        else
        {
            BufferRequest request = _requests[index];
            for (int i = 0; i < _placedCount; i++)
            {
                if (_requests[_placed[i]].IsLiveWith(request))
                {
                    _near[_nearCount++] = _placed[i];
                }
            }

            Work += _placedCount;
        }

        Work += 8L * _nearCount; // they are sorted
    }

    private void SortNear(Func<int, long> key)
    {
        for (int i = 0; i < _nearCount; i++)
        {
            _keys[i] = key(_near[i]);
        }

        Array.Sort(_keys, _near, 0, _nearCount);
    }

    /// <summary>
    /// The highest place below the limit that its neighbours in time leave; null where there is none.
    /// </summary>
    private long? FindHighest(BufferRequest request, long limit)
    {
        SortNear(i => -End(i));
        long offset = (limit - request.AlignedBytes) & -(long)request.Alignment;
        for (int i = 0; i < _nearCount && offset >= 0 && End(_near[i]) > offset; i++)
        {
            if (Offsets[_near[i]] < offset + request.AlignedBytes)
            {
                offset = (Offsets[_near[i]] - request.AlignedBytes) & -(long)request.Alignment;
            }
        }

        return offset < 0 ? null : offset;
    }

    private long FindGap(BufferRequest request, bool tightest)
    {
        SortNear(i => Offsets[i]);
        long end = 0; // of the neighbours so far
        long found = -1;
        long foundGap = long.MaxValue;
        for (int i = 0; i < _nearCount; i++)
        {
            long gap = Offsets[_near[i]] - end;
            if (gap >= request.AlignedBytes && gap < foundGap)
            {
                (found, foundGap) = (end, gap);
                if (!tightest)
                {
                    return found;
                }
            }

            end = Align(Math.Max(end, End(_near[i])), request.Alignment);
        }

        return found >= 0 ? found : end;
    }

    private static long Align(long offset, int alignment) => (offset + alignment - 1) & -(long)alignment;
}
