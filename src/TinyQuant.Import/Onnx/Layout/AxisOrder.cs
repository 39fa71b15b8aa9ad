using System.Collections.Immutable;

namespace TinyQuant.Import.Onnx.Layout;

/// <summary>
/// In which order the elements of a value lie in memory. Each dimension that ONNX knows is a list of factors, whose
/// product is its size, and the memory is an order of all factors. <c>[1,C,H,W]</c> with the channels last has the
/// factors c, h and w, which lie as h, w, c; flattened to <c>[1,C·H·W]</c> it is the same memory, and one dimension of
/// three factors. Dimensions of size 1 have no factor. Two that are equal order the elements of a shape equally.
/// </summary>
internal sealed class AxisOrder : IEquatable<AxisOrder>
{
    private AxisOrder(ImmutableArray<int> sizes, ImmutableArray<int> counts, ImmutableArray<int> memory)
    {
        Sizes = sizes;
        Counts = counts;
        Memory = memory;
    }

    /// <summary>Sizes of all factors, in the order of the dimensions; each is more than 1.</summary>
    public ImmutableArray<int> Sizes { get; }

    /// <summary>How many factors each dimension has.</summary>
    public ImmutableArray<int> Counts { get; }

    /// <summary>For each place in memory, outermost first, the factor that runs there.</summary>
    public ImmutableArray<int> Memory { get; }

    /// <summary>The sizes in memory, without any of 1.</summary>
    public ImmutableArray<int> MemorySizes => [.. Memory.Select(f => Sizes[f])];

    /// <summary>The dimensions of the value.</summary>
    public ImmutableArray<int> Shape => [.. Counts.Select((_, d) => Factors(d).Aggregate(1, (p, f) => p * Sizes[f]))];

    /// <summary>Whether the elements lie as ONNX counts them.</summary>
    public bool IsRowMajor => Memory.SequenceEqual(Enumerable.Range(0, Memory.Length));

    /// <summary>The order in which ONNX counts the elements.</summary>
    public static AxisOrder RowMajor(ImmutableArray<int> shape) => Of(shape, [.. Enumerable.Range(0, shape.Length)]);

    /// <summary>Whole dimensions in another order.</summary>
    /// <param name="shape">The dimensions.</param>
    /// <param name="dimensions">For each place in memory, outermost first, a dimension.</param>
    public static AxisOrder Of(ImmutableArray<int> shape, ImmutableArray<int> dimensions)
    {
        ImmutableArray<int> counts = [.. shape.Select(s => s == 1 ? 0 : 1)];
        int[] factor = [.. shape.Select((_, d) => counts.Take(d).Sum())];
        return Merged(
            [.. shape.Where(s => s != 1)], counts, [.. dimensions.Where(d => shape[d] != 1).Select(d => factor[d])]);
    }

    /// <summary>The factors of a dimension.</summary>
    public IEnumerable<int> Factors(int dimension) =>
        Enumerable.Range(Counts.Take(dimension).Sum(), Counts[dimension]);

    /// <summary>The dimension that a factor is of.</summary>
    public int DimensionOf(int factor)
    {
        int dimension = 0;
        for (int end = Counts[0]; end <= factor; end += Counts[dimension])
        {
            dimension++;
        }

        return dimension;
    }

    /// <summary>The same memory where the value's dimensions are in another order.</summary>
    /// <param name="permutation">For each dimension of the new value, one of this one.</param>
    public AxisOrder Transposed(ImmutableArray<int> permutation)
    {
        int[] old = [.. permutation.SelectMany(Factors)];
        return Merged(
            [.. old.Select(f => Sizes[f])], [.. permutation.Select(d => Counts[d])],
            [.. Memory.Select(f => Array.IndexOf(old, f))]);
    }

    /// <summary>
    /// The same memory where the same elements have other dimensions; null where a factor would have to be torn into
    /// parts that its size does not have.
    /// </summary>
    public AxisOrder? Reshaped(ImmutableArray<int> shape)
    {
        var parts = Sizes.Select(_ => new List<int>()).ToArray();
        var counts = new int[shape.Length];
        (int factor, int left) = (0, Sizes.IsEmpty ? 1 : Sizes[0]);
        for (int d = 0; d < shape.Length; d++)
        {
            int wanted = shape[d];
            while (wanted > 1)
            {
                int part = left <= wanted ? left : wanted;
                if (left % part != 0 || wanted % part != 0)
                {
                    return null;
                }

                parts[factor].Add(part);
                counts[d]++;
                (wanted, left) = (wanted / part, left / part);
                if (left == 1 && factor + 1 < Sizes.Length)
                {
                    left = Sizes[++factor];
                }
            }
        }

        return Torn(parts, [.. counts]);
    }

    /// <summary>The order of what is left when dimensions have size 1.</summary>
    /// <param name="isGone">Whether a dimension has.</param>
    public AxisOrder Without(Func<int, bool> isGone)
    {
        int[] kept = [.. Enumerable.Range(0, Sizes.Length).Where(f => !isGone(DimensionOf(f)))];
        return Merged(
            [.. kept.Select(f => Sizes[f])], [.. Counts.Select((c, d) => isGone(d) ? 0 : c)],
            [.. Memory.Select(f => Array.IndexOf(kept, f)).Where(f => f >= 0)]);
    }

    /// <summary>
    /// The place in memory of a dimension of one factor; of one of size 1 that which it would have as ONNX counts.
    /// </summary>
    public int PlaceOf(int dimension)
    {
        if (Counts[dimension] == 1)
        {
            return Memory.IndexOf(Factors(dimension).Single());
        }

        int place = 0;
        while (place < Memory.Length && DimensionOf(Memory[place]) < dimension)
        {
            place++;
        }

        return place;
    }

    /// <summary>The same order of a value with another size in a dimension of one factor, or of size 1.</summary>
    public AxisOrder Resized(int dimension, int size)
    {
        if (size == 1)
        {
            return Without(d => d == dimension);
        }

        if (Counts[dimension] > 0)
        {
            return new AxisOrder(Sizes.SetItem(Factors(dimension).Single(), size), Counts, Memory);
        }

        int factor = Counts.Take(dimension).Sum();
        return new AxisOrder(
            Sizes.Insert(factor, size), Counts.SetItem(dimension, 1),
            [.. Memory.Select(f => f < factor ? f : f + 1).ToImmutableArray().Insert(PlaceOf(dimension), factor)]);
    }

    /// <summary>The same order of all but some dimensions, which lie behind them as ONNX counts them.</summary>
    /// <param name="isLast">Whether a dimension does.</param>
    public AxisOrder MovedLast(Func<int, bool> isLast) => Merged(Sizes, Counts, [
        .. Memory.Where(f => !isLast(DimensionOf(f))), .. Memory.Where(f => isLast(DimensionOf(f))).Order()]);

    /// <summary>The same order of a value that has lost dimensions of size 1.</summary>
    public AxisOrder Squeezed(IEnumerable<int> dimensions) => new(
        Sizes, [.. Counts.Where((_, d) => !dimensions.Contains(d))], Memory);

    /// <summary>The same order without the first dimensions, which have size 1, or with more of that size.</summary>
    public AxisOrder WithRank(int rank) => new(
        Sizes, rank <= Counts.Length ? Counts[^rank..] : [.. new int[rank - Counts.Length], .. Counts], Memory);

    /// <summary>
    /// Both orders of one value over the same factors, so that one is a permutation of the other; null where their
    /// factors have no common parts.
    /// </summary>
    public static (AxisOrder First, AxisOrder Second)? Aligned(AxisOrder first, AxisOrder second)
    {
        List<int>[] ofFirst = [.. first.Sizes.Select(_ => new List<int>())];
        List<int>[] ofSecond = [.. second.Sizes.Select(_ => new List<int>())];
        var counts = new int[first.Counts.Length];
        for (int d = 0; d < counts.Length; d++)
        {
            using IEnumerator<int> f = first.Factors(d).GetEnumerator(), s = second.Factors(d).GetEnumerator();
            (int leftF, int leftS) = (1, 1);
            while (true)
            {
                leftF = leftF == 1 && f.MoveNext() ? first.Sizes[f.Current] : leftF;
                leftS = leftS == 1 && s.MoveNext() ? second.Sizes[s.Current] : leftS;
                int part = Math.Min(leftF, leftS);
                if (part == 1)
                {
                    break;
                }

                if (leftF % part != 0 || leftS % part != 0)
                {
                    return null;
                }

                ofFirst[f.Current].Add(part);
                ofSecond[s.Current].Add(part);
                counts[d]++;
                (leftF, leftS) = (leftF / part, leftS / part);
            }
        }

        return (first.Split(ofFirst, [.. counts]), second.Split(ofSecond, [.. counts]));
    }

    public bool Equals(AxisOrder? other) => other is not null && Sizes.SequenceEqual(other.Sizes)
        && Counts.SequenceEqual(other.Counts) && Memory.SequenceEqual(other.Memory);

    public override bool Equals(object? obj) => Equals(obj as AxisOrder);

    public override int GetHashCode() => Sizes.Concat(Counts).Concat(Memory).Aggregate(17, HashCode.Combine);

    public override string ToString() =>
        string.Join(",", Memory.Select(f => Invariant($"{DimensionOf(f)}:{Sizes[f]}")));

    private AxisOrder Torn(List<int>[] parts, ImmutableArray<int> counts)
    {
        AxisOrder split = Split(parts, counts);
        return Merged(split.Sizes, split.Counts, split.Memory);
    }

    /// <summary>Each factor as a list of its own, which lie where it lay.</summary>
    private AxisOrder Split(List<int>[] parts, ImmutableArray<int> counts)
    {
        int[] first = [.. parts.Select((_, f) => parts.Take(f).Sum(p => p.Count))];
        return new AxisOrder(
            [.. parts.SelectMany(p => p)], counts,
            [.. Memory.SelectMany(f => Enumerable.Range(first[f], parts[f].Count))]);
    }

    /// <summary>Factors of one dimension that lie behind each other in memory as they do in it are one.</summary>
    private static AxisOrder Merged(ImmutableArray<int> sizes, ImmutableArray<int> counts, ImmutableArray<int> memory)
    {
        var dimension = new List<int>();
        for (int d = 0; d < counts.Length; d++)
        {
            dimension.AddRange(Enumerable.Repeat(d, counts[d]));
        }

        var place = new int[sizes.Length];
        for (int k = 0; k < memory.Length; k++)
        {
            place[memory[k]] = k;
        }

        // The first factor of those that are one, for each.
        var heads = new int[sizes.Length];
        for (int f = 0; f < sizes.Length; f++)
        {
            bool joins = f > 0 && dimension[f] == dimension[f - 1] && place[f] == place[f - 1] + 1;
            heads[f] = joins ? heads[f - 1] : f;
        }

        int[] kept = [.. heads.Distinct()];
        return new AxisOrder(
            [.. kept.Select(h => Enumerable.Range(0, sizes.Length).Where(f => heads[f] == h)
                .Aggregate(1, (product, f) => product * sizes[f]))],
            [.. counts.Select((_, d) => kept.Count(h => dimension[h] == d))],
            [.. memory.Where(f => heads[f] == f).Select(f => Array.IndexOf(kept, f))]);
    }
}
