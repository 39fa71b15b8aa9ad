using TinyQuant.Data;
using TinyQuant.Model;
using TinyQuant.Training.Codes;

namespace TinyQuant.Training.Quantizers;

/// <summary>Whether the constants of a float32 model are numbers that can be quantized.</summary>
public static class FiniteConstants
{
    /// <summary>
    /// The first constant with a value that is NaN or infinite, in words: the tensor, the value and its place.
    /// </summary>
    /// <param name="graph">A float32 graph; constants may be float16.</param>
    /// <returns>Null where all are finite.</returns>
    /// <exception cref="ArgumentException">The graph is not valid.</exception>
    public static string? FindOther(Graph graph)
    {
        foreach (Tensor tensor in GraphRewriter.Widened(graph).Graph.Tensors.Where(t =>
            t.IsConstant && t.Type == TensorType.Float32))
        {
            float[] values = Constants.Raw(tensor);
            if (NonFinite.IndexIn(values) is >= 0 and int at)
            {
                return FormattableString.Invariant($"'{tensor.Name}' holds {values[at]} at {at}; expected finite ")
                    + "numbers";
            }
        }

        return null;
    }
}
