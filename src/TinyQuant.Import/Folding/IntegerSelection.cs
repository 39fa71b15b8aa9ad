using System.Collections.Immutable;
using TinyQuant.Import.Operators;

namespace TinyQuant.Import.Folding;

/// <summary>Elements of integer tensors, picked and put together: SLICE, STRIDED_SLICE, GATHER, PACK and CONCATENATION.</summary>
internal static class IntegerSelection
{
    /// <summary>The elements of a slice, in order.</summary>
    public static IntegerTensor Take(IntegerTensor from, SliceRanges ranges)
    {
        IEnumerable<int> indexes = [0];
        for (int d = 0; d < from.Shape.Length; d++)
        {
            (int begin, int size, int stride, int length) = (ranges.Begin[d], ranges.Size[d], ranges.Strides[d], from.Shape[d]);
            indexes = indexes.SelectMany(index => Enumerable.Range(0, size).Select(j => (index * length) + begin + (j * stride)));
        }
        return new IntegerTensor(ranges.Size, [.. indexes.Select(i => from.Values[i])]);
    }

    /// <summary>Slices along one axis by index.</summary>
    public static IntegerTensor Gather(OperatorSource source)
    {
        OperatorOptions options = source.Options(type: 23, fields: 2);
        IntegerTensor from = source.Known(0, "its input");
        IntegerTensor indexes = source.Known(1, "the indexes");
        if (options.Int32(1) != 0)
        {
            throw new UnsupportedException("batch dimensions are not supported");
        }
        int axis = OperatorSource.Axis(options.Int32(0), from.Shape.Length);
        (int outer, int length, int inner) = Around(from.Shape, axis);
        if ((long)outer * indexes.Values.Length * inner != source.OutputTensor(0).ElementCount || indexes.Values.Any(i => i < 0 || i >= length))
        {
            throw new UnsupportedException(Invariant($"it gathers by indexes outside of {length}, or another number than its output has"));
        }
        IEnumerable<long> values = Enumerable.Range(0, outer).SelectMany(o => indexes.Values.SelectMany(
            i => from.Values.Skip((int)((o * length) + i) * inner).Take(inner)));
        return new IntegerTensor([.. from.Shape[..axis], .. indexes.Shape, .. from.Shape[(axis + 1)..]], [.. values]);
    }

    /// <summary>Tensors behind one another along an axis; PACK's are one thick there.</summary>
    public static IntegerTensor Join(OperatorSource source, MappedOperator mapped)
    {
        if (mapped.Attributes.Any(a => a is { Key: "activation", Value: not "none" }))
        {
            throw new UnsupportedException("a fused activation of integers is not supported");
        }
        int axis = int.Parse(mapped.Attributes.First(a => a.Key == "axis").Value, System.Globalization.CultureInfo.InvariantCulture);
        ImmutableArray<int> shape = source.OutputTensor(0).Shape;
        int outer = 1;
        for (int d = 0; d < axis; d++)
        {
            outer = shape[d] is > 0 and <= IntegerValues.MostElements ? Math.Min(outer * shape[d], IntegerValues.MostElements + 1) : 0;
        }
        IntegerTensor[] parts = [.. Enumerable.Range(0, source.InputCount).Select(i => source.Known(i, Invariant($"input {i}")))];
        if (outer == 0 || parts.Any(p => p.Values.Length % outer != 0) || parts.Sum(p => p.Values.Length) > IntegerValues.MostElements)
        {
            throw new UnsupportedException("its inputs do not fit together, or are too many");
        }
        IEnumerable<long> values = Enumerable.Range(0, outer).SelectMany(o => parts.SelectMany(
            p => p.Values.AsSpan(o * (p.Values.Length / outer), p.Values.Length / outer).ToArray()));
        return new IntegerTensor(shape, [.. values]);
    }

    /// <summary>The elements before, along and behind an axis.</summary>
    private static (int Outer, int Length, int Inner) Around(ImmutableArray<int> shape, int axis) =>
        (shape[..axis].Aggregate(1, (p, d) => p * d), shape[axis], shape[(axis + 1)..].Aggregate(1, (p, d) => p * d));
}
