using System.ComponentModel;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels;

/// <summary>
/// TensorFlow Lite's EMBEDDING_LOOKUP of codes that become real numbers; of one type it is <see cref="Gather"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EmbeddingLookup
{
    /// <summary>Rows of int8 codes times their scale. An id that there is not is taken for the nearest one.</summary>
    /// <param name="ids">[count].</param>
    /// <param name="table">[rows, row].</param>
    /// <param name="rows">1 or more.</param>
    /// <param name="scale">The real value of one step.</param>
    /// <param name="output">[count, row].</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Dequantize(
        ReadOnlySpan<int> ids, ReadOnlySpan<sbyte> table, int rows, float scale, Span<float> output)
    {
        if (rows < 1 || table.Length < rows || table.Length % rows != 0)
        {
            SpanChecks.Throw(table.Length, rows, nameof(table), nameof(rows));
        }

        int row = table.Length / rows;
        SpanChecks.Equal(output.Length, (long)ids.Length * row, nameof(output), nameof(ids));
        for (int i = 0; i < ids.Length; i++)
        {
            Kernels.Dequantize.Run(
                table.Slice(IndexRange.Clamp(ids[i], rows - 1) * row, row), scale, 0, output.Slice(i * row, row));
        }
    }
}
