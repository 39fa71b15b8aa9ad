namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>Elements of a tensor by an index for each dimension.</summary>
internal static class Indexes
{
    /// <summary>All of a shape's, the last dimension fastest.</summary>
    public static IEnumerable<int[]> Of(IReadOnlyList<int> shape)
    {
        int count = shape.Aggregate(1, (product, size) => product * size);
        for (int element = 0; element < count; element++)
        {
            var index = new int[shape.Count];
            int rest = element;
            for (int d = shape.Count - 1; d >= 0; d--)
            {
                index[d] = rest % shape[d];
                rest /= shape[d];
            }

            yield return index;
        }
    }

    /// <summary>Where an element lies.</summary>
    public static int Element(IReadOnlyList<int> shape, IReadOnlyList<int> index)
    {
        int element = 0;
        for (int d = 0; d < shape.Count; d++)
        {
            Assert.InRange(index[d], 0, shape[d] - 1);
            element = (element * shape[d]) + index[d];
        }

        return element;
    }

    /// <summary>The index with another value in one dimension.</summary>
    public static int[] With(int[] index, int dimension, int value) =>
        [.. index.Select((i, d) => d == dimension ? value : i)];

    /// <summary>The index with a dimension more.</summary>
    public static int[] Insert(int[] index, int dimension, int value) =>
        [.. index.Take(dimension), value, .. index.Skip(dimension)];

    /// <summary>The index with a dimension less.</summary>
    public static int[] Remove(int[] index, int dimension) => [.. index.Where((_, d) => d != dimension)];
}
