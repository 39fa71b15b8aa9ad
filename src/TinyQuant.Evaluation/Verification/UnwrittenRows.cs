using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Verification;

/// <summary>
/// Rows of detections that the reference does not write, unless it suppresses class by class: those behind the last
/// detection and, where a box has several classes, rows between them. What a file has there is what was in the memory
/// before, be it NaN, and means nothing.
/// </summary>
/// <remarks>The rows are those of TFLM's <c>detection_postprocess.cc</c>.</remarks>
internal static class UnwrittenRows
{
    /// <summary>Puts what was expected in place of such rows.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="expected">The expected outputs of one run.</param>
    /// <param name="actual">What was computed.</param>
    public static void Cover(Graph graph, IReadOnlyList<byte[]> expected, IReadOnlyList<byte[]> actual)
    {
        foreach (DetectionPostProcess op in graph.Operators.OfType<DetectionPostProcess>())
        {
            int count = graph.Outputs.IndexOf(op.Outputs[3]);
            if (op.Limits.IsRegular || count < 0)
            {
                continue;
            }

            HashSet<long> written = [.. Written(op, MemoryMarshal.Read<float>(expected[count]))];
            foreach (Tensor tensor in op.Outputs.Take(3).Where(t => graph.Outputs.Contains(t)))
            {
                int output = graph.Outputs.IndexOf(tensor);
                int bytes = tensor.ByteLength / tensor.Shape[1];
                for (int row = 0; row < tensor.Shape[1]; row++)
                {
                    if (!written.Contains(row))
                    {
                        expected[output].AsSpan(row * bytes, bytes).CopyTo(actual[output].AsSpan(row * bytes));
                    }
                }
            }
        }
    }

    /// <summary>The rows of so many detections, of which a box has one for each of its classes.</summary>
    private static IEnumerable<long> Written(DetectionPostProcess op, float count)
    {
        int rows = op.Outputs[0].Shape[1];
        int classes = Math.Min(op.Limits.MaxClasses, op.Classes);
        for (long i = 0; i < count && i * classes < rows; i++)
        {
            yield return (i * classes) + (i % classes);
        }
    }
}
