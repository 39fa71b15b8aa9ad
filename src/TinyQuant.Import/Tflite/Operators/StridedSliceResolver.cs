using System.Collections.Immutable;
using TinyQuant.Import.Values;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>
/// Resolves STRIDED_SLICE to one range for each dimension of the input, as <c>BuildStridedSliceParams</c> and
/// <c>StridedSliceStartForAxis</c> of TensorFlow Lite do. A spec is a list of entries as in Python, <c>x[1:3, ...,
/// 0]</c>; bit i of a mask is about entry i.
/// </summary>
internal sealed class StridedSliceResolver
{
    private readonly ImmutableArray<int> _shape;
    private readonly int[] _begin;
    private readonly int[] _end;
    private readonly int[] _strides;
    private readonly OperatorOptions _options;
    private readonly List<(int Begin, int Size, int Stride)> _ranges = [];
    private readonly List<int> _output = [];

    private StridedSliceResolver(OperatorSource source)
    {
        _options = source.Options(type: 32, fields: 6);
        if (_options.Flag(5))
        {
            throw new UnsupportedException("its ends are offsets from where it begins, which is not supported");
        }

        _shape = source.InputTensor(0).Shape;
        _begin = source.Integers(1, "where it begins");
        _end = source.Integers(2, "where it ends", _begin.Length);
        _strides = source.Integers(3, "the strides", _begin.Length);
        if (_begin.Length >= 32)
        {
            throw new UnsupportedException($"it has {_begin.Length} entries; expected one for each dimension");
        }
    }

    private enum Mask
    {
        Begin = 0,
        End = 1,
        Ellipsis = 2,
        NewAxis = 3,
        ShrinkAxis = 4,
    }

    /// <summary>The output's shape, in which a single index leaves no dimension and a new axis has size 1.</summary>
    public static ImmutableArray<int> ShapeOf(OperatorSource source) => [.. Resolved(source)._output];

    public static SliceRanges Resolve(OperatorSource source)
    {
        StridedSliceResolver resolver = Resolved(source);
        return new SliceRanges(
            [.. resolver._ranges.Select(r => r.Begin)], [.. resolver._ranges.Select(r => r.Size)],
            [.. resolver._ranges.Select(r => r.Stride)]);
    }

    private static StridedSliceResolver Resolved(OperatorSource source)
    {
        var resolver = new StridedSliceResolver(source);
        resolver.ResolveEntries();
        return resolver;
    }

    private void ResolveEntries()
    {
        int ellipsis = Enumerable.Range(0, _begin.Length).FirstOrDefault(e => Has(Mask.Ellipsis, e), -1);
        for (int entry = 0; entry < _begin.Length; entry++)
        {
            if (entry == ellipsis)
            {
                TakeWhole(_shape.Length - _ranges.Count - DimensionsFrom(entry + 1));
            }
            else if (Has(Mask.Ellipsis, entry))
            {
                throw new UnsupportedException("it has two ellipses; expected one at most");
            }
            else if (Has(Mask.NewAxis, entry))
            {
                _output.Add(1); // it takes nothing of the input
            }
            else
            {
                Take(entry);
            }
        }

        TakeWhole(_shape.Length - _ranges.Count);
    }

    private bool Has(Mask mask, int entry) => (_options.Int32((int)mask) & (1 << entry)) != 0;

    /// <summary>The dimensions of the input that the entries from there on are about.</summary>
    private int DimensionsFrom(int entry) =>
        Enumerable.Range(entry, _begin.Length - entry).Count(e => !Has(Mask.NewAxis, e));

    private void TakeWhole(int dimensions)
    {
        for (int i = 0; i < dimensions; i++)
        {
            _output.Add(_shape[_ranges.Count]);
            _ranges.Add((0, _shape[_ranges.Count], 1));
        }
    }

    private void Take(int entry)
    {
        int dimension = _ranges.Count;
        if (dimension >= _shape.Length)
        {
            throw new UnsupportedException($"it has more entries than the {_shape.Length} dimensions of its input");
        }

        bool isSingle = Has(Mask.ShrinkAxis, entry);
        _ranges.Add(isSingle ? One(entry, _shape[dimension]) : Range(entry, _shape[dimension]));
        if (!isSingle)
        {
            _output.Add(_ranges[dimension].Size);
        }
    }

    private (int Begin, int Size, int Stride) One(int entry, int length)
    {
        // TensorFlow takes the index that the entry names, TensorFlow Lite the first one: they differ, so it is
        // nobody's law.
        if (Has(Mask.Begin, entry) && _begin[entry] != 0)
        {
            throw new UnsupportedException(Invariant($"entry {entry} is one index and open at its beginning at once"));
        }

        int index = _begin[entry] < 0 ? _begin[entry] + length : _begin[entry];
        return _strides[entry] > 0 && index >= 0 && index < length
            ? (index, 1, 1)
            : throw new UnsupportedException(
                Invariant($"entry {entry} is index {_begin[entry]} of a dimension of {length}"));
    }

    private (int Begin, int Size, int Stride) Range(int entry, int length)
    {
        int stride = _strides[entry];
        if (stride == 0 || stride == int.MinValue)
        {
            throw new UnsupportedException(Invariant($"entry {entry} has stride {stride}"));
        }

        (int least, int most) = stride > 0 ? (0, length) : (-1, length - 1);
        long begin = Has(Mask.Begin, entry) ? (stride > 0 ? least : most) : Clamp(_begin[entry], length, least, most);
        long end = Has(Mask.End, entry) ? (stride > 0 ? most : least) : Clamp(_end[entry], length, least, most);
        long span = stride > 0 ? end - begin : begin - end;
        long size = (span + Math.Abs(stride) - 1) / Math.Abs(stride);
        return span > 0
            ? ((int)begin, (int)size, stride)
            : throw new UnsupportedException(Invariant($"entry {entry} takes nothing of a dimension of {length}"));
    }

    private static long Clamp(int index, int length, int least, int most) =>
        Math.Clamp(index < 0 ? (long)index + length : index, least, Math.Max(least, most));
}
