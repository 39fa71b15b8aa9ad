namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>
/// Shapes that are stretched to one, in every way that the kernels tell apart, and some that they do not.
/// </summary>
internal static class BinaryShapes
{
    public static IEnumerable<(int[] Left, int[] Right, int[] Output)> All()
    {
        (int[] Left, int[] Right, int[] Output)[] shapes =
        [
            ([1, 5, 7, 3], [1, 5, 7, 3], [1, 5, 7, 3]),
            ([256], [256], [256]),
            ([2, 3, 37], [37], [2, 3, 37]),
            ([2, 3, 37], [1], [2, 3, 37]),
            ([4, 9], [], [4, 9]),
            ([3, 1, 5], [1, 4, 1], [3, 4, 5]),
            ([1, 8, 1, 16], [8, 5, 1], [1, 8, 5, 16]),
            ([2, 1, 3, 1, 2, 1, 3, 2], [1, 2, 1, 3, 1, 2, 1, 2], [2, 2, 3, 3, 2, 2, 3, 2]),
            ([1, 4, 4, 1], [1, 4, 4, 11], [1, 4, 4, 11]),
            ([1, 1, 6], [6], [1, 1, 6]),
        ];
        return shapes.Concat(
            shapes.Where(s => !s.Left.SequenceEqual(s.Right)).Select(s => (s.Right, s.Left, s.Output)));
    }

    /// <summary>As many elements as <see cref="All"/> has, to take one after another.</summary>
    public static IEnumerable<((int[] Left, int[] Right, int[] Output) Shapes, int Index)> Numbered() =>
        All().Select((s, i) => (s, i));
}
