namespace TinyQuant.Kernels.Rows;

/// <summary>Sums of rows.</summary>
internal readonly struct RowSums : IRowStep<float, float>, IRowStep<sbyte, int>, IRowStep<short, int>
{
    public static void Add(ReadOnlySpan<float> block, Span<float> results)
    {
        for (int i = 0; i < block.Length; i += results.Length)
        {
            PlaneSums.Add(block.Slice(i, results.Length), results);
        }
    }

    public static void Add(ReadOnlySpan<sbyte> block, Span<int> results) =>
        PlaneSums.AddColumns(block, 0, block.Length / results.Length, results.Length, results);

    public static void Add(ReadOnlySpan<short> block, Span<int> results)
    {
        for (int i = 0; i < block.Length; i += results.Length)
        {
            PlaneSums.Add(block.Slice(i, results.Length), results);
        }
    }
}
