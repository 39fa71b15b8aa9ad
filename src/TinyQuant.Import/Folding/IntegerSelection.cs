using System.Collections.Immutable;
using TinyQuant.Import.Source;
using TinyQuant.Import.Values;

namespace TinyQuant.Import.Folding;

/// <summary>
/// Elements of integer tensors, picked and put together: slices, by index, one tensor behind another.
/// </summary>
internal static class IntegerSelection
{
    /// <summary>The elements of a slice, in order.</summary>
    public static IntegerTensor Take(IntegerTensor from, SliceRanges ranges)
    {
        IEnumerable<int> indexes = [0];
        for (int d = 0; d < from.Shape.Length; d++)
        {
            (int begin, int size, int stride, int length) = (
                ranges.Begin[d], ranges.Size[d], ranges.Strides[d], from.Shape[d]);
            indexes = indexes.SelectMany(index =>
                Enumerable.Range(0, size).Select(j => (index * length) + begin + (j * stride)));
        }

        return new IntegerTensor(ranges.Size, [.. indexes.Select(i => from.Values[i])]);
    }

    /// <summary>Slices along one axis by index.</summary>
    public static IntegerTensor Gather(IntegerTensor from, IntegerTensor indexes, int axis, SourceTensor output)
    {
        (int outer, int length, int inner) = Around(from.Shape, axis);
        if ((long)outer * indexes.Values.Length * inner != output.ElementCount
            || indexes.Values.Any(i => i < 0 || i >= length))
        {
            throw new UnsupportedException(
                Invariant($"it gathers by indexes outside of {length}, or another number than its output has"));
        }

        IEnumerable<long> values = Enumerable.Range(0, outer).SelectMany(o => indexes.Values.SelectMany(
            i => from.Values.Skip((int)((o * length) + i) * inner).Take(inner)));
        return new IntegerTensor([.. from.Shape[..axis], .. indexes.Shape, .. from.Shape[(axis + 1)..]], [.. values]);
    }

    /// <summary>Tensors behind one another along an axis; those that are packed are one thick there.</summary>
    public static IntegerTensor Join(IReadOnlyList<IntegerTensor> parts, int axis, SourceTensor output)
    {
        ImmutableArray<int> shape = output.Shape;
        int outer = 1;
        for (int d = 0; d < axis; d++)
        {
            outer = shape[d] is > 0 and <= IntegerValues.MostElements
                ? Math.Min(outer * shape[d], IntegerValues.MostElements + 1)
                : 0;
        }

        if (outer == 0 || parts.Any(p => p.Values.Length % outer != 0)
            || parts.Sum(p => p.Values.Length) > IntegerValues.MostElements)
        {
            throw new UnsupportedException("its inputs do not fit together, or are too many");
        }

        IEnumerable<long> values = Enumerable.Range(0, outer).SelectMany(o => parts.SelectMany(
            p => p.Values.AsSpan(o * (p.Values.Length / outer), p.Values.Length / outer).ToArray()));
        return new IntegerTensor(shape, [.. values]);
    }

    /// <summary>The same elements with the dimensions in another order.</summary>
    public static IntegerTensor Permute(IntegerTensor from, ImmutableArray<int> permutation)
    {
        int[] strides = new int[from.Shape.Length];
        for ((int d, int stride) = (strides.Length - 1, 1); d >= 0; stride *= from.Shape[d], d--)
        {
            strides[d] = stride;
        }

        IEnumerable<int> indexes = [0];
        foreach (int axis in permutation)
        {
            indexes = indexes.SelectMany(
                index => Enumerable.Range(0, from.Shape[axis]).Select(i => index + (i * strides[axis])));
        }

        return new IntegerTensor(
            [.. permutation.Select(axis => from.Shape[axis])], [.. indexes.Select(i => from.Values[i])]);
    }

    /// <summary>The shape that two shapes are stretched to: BROADCAST_ARGS.</summary>
    public static IntegerTensor Broadcast(IntegerTensor left, IntegerTensor right)
    {
        long[] shape = new long[Math.Max(left.Values.Length, right.Values.Length)];
        for (int fromEnd = 1; fromEnd <= shape.Length; fromEnd++)
        {
            long a = fromEnd <= left.Values.Length ? left.Values[^fromEnd] : 1;
            long b = fromEnd <= right.Values.Length ? right.Values[^fromEnd] : 1;
            shape[^fromEnd] = a == b || b == 1 ? a : a == 1 ? b : throw new UnsupportedException(
                Invariant($"its shapes have {a} and {b} in one dimension, neither of which can be stretched"));
        }

        return new IntegerTensor([shape.Length], [.. shape]);
    }

    /// <summary>The elements before, along and behind an axis.</summary>
    private static (int Outer, int Length, int Inner) Around(ImmutableArray<int> shape, int axis) =>
        (shape[..axis].Aggregate(1, (p, d) => p * d), shape[axis], shape[(axis + 1)..].Aggregate(1, (p, d) => p * d));
}
