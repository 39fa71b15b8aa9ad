using System.Numerics.Tensors;

namespace TinyQuant.Training.Numerics;

/// <summary>The sum of the rows of a matrix, in their order.</summary>
internal static class SumRows
{
    public static void Into(ReadOnlySpan<float> rows, Span<float> sum)
    {
        sum.Clear();
        for (int at = 0; at < rows.Length; at += sum.Length)
        {
            TensorPrimitives.Add(sum, rows.Slice(at, sum.Length), sum);
        }
    }
}
