using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>
/// A view of any rank, with strides forwards, backwards and 0, and the length of a tensor that it just fits into.
/// </summary>
internal sealed class ViewCase
{
    private const int MostElements = 2_000;

    private readonly int _begin;
    private readonly int[] _sizes;
    private readonly int[] _strides;

    /// <param name="s">Where numbers come from.</param>
    /// <param name="repeats">Whether two indexes may be one element.</param>
    /// <param name="isForward">Whether the element at index 0 is the first one, as of what is reduced.</param>
    public ViewCase(GuardedSpans s, bool repeats, bool isForward)
    {
        int rank = s.Int(1, s.Once(3) ? 8 : 3);
        _sizes = s.Values(rank, () => s.Once(4) ? 1 : s.Int(1, 3));
        int others = _sizes[..^1].Aggregate(1, (n, size) => n * size);
        _sizes[^1] = s.Length(Math.Max(1, MostElements / others));
        _strides = new int[rank];
        int[] order = s.Values(rank, () => s.Random.Next());
        int step = s.Of(1, 1, 1, 2, 3);
        foreach (int d in Enumerable.Range(0, rank).OrderByDescending(d => s.Once(3) ? order[d] : d))
        {
            _strides[d] = (isForward || !s.Once(4) ? step : -step) * (repeats && s.Once(6) ? 0 : 1);
            step = (step * _sizes[d]) + (s.Once(4) ? s.Int(0, 3) : 0);
        }

        int before = Enumerable.Range(0, rank).Sum(d => Math.Max(0, -_strides[d]) * (_sizes[d] - 1));
        _begin = before + (isForward ? 0 : s.Of(0, 0, 1, 5));
        Farthest = _begin + Enumerable.Range(0, rank).Sum(d => Math.Max(0, _strides[d]) * (_sizes[d] - 1));
    }

    private ViewCase(int begin, int[] sizes, int[] strides)
    {
        (_begin, _sizes, _strides) = (begin, sizes, strides);
        Farthest = begin + Enumerable.Range(0, sizes.Length).Sum(d => Math.Max(0, strides[d]) * (sizes[d] - 1));
    }

    /// <summary>Rows of neighbours, now and then with something between them: what is kept, and what reduced.</summary>
    public static (ViewCase Kept, ViewCase Reduced) Rows(GuardedSpans s)
    {
        (int outer, int rows, int parts, int run) = (s.Int(1, 2), s.Length(70), s.Int(1, 2), s.Length());
        int stride = (parts * run) + s.Of(0, 0, 3);
        bool isBackward = s.Once(4);
        int begin = isBackward ? stride * (rows - 1) : 0;
        return (
            new(begin, [outer, rows], [stride * rows, isBackward ? -stride : stride]), new(0, [parts, run], [run, 1]));
    }

    /// <summary>The greatest index in the tensor.</summary>
    public int Farthest { get; }

    public int Count => _sizes.Aggregate(1, (n, size) => n * size);

    public StridedView View(GuardedSpans s) => new(_begin, s.Copy(_sizes), s.Copy(_strides));

    /// <summary>The tensor's elements, index after index.</summary>
    public int[] Places()
    {
        var places = new int[Count];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = _begin;
            for (int d = _sizes.Length - 1, rest = i; d >= 0; rest /= _sizes[d--])
            {
                places[i] += rest % _sizes[d] * _strides[d];
            }
        }

        return places;
    }
}
