using System.Buffers.Binary;
using System.Runtime.InteropServices;
using TinyQuant.Model;
using TinyQuant.Training.Codes;

namespace TinyQuant.Training.Quantizers;

/// <summary>
/// Stores the constants of a float32 graph as float16: half the file. What computes is float32, over the rounded
/// values.
/// </summary>
public static class Float16Quantizer
{
    /// <summary>The graph with every constant rounded to float16, to the nearest, halves to even.</summary>
    /// <param name="graph">A float32 graph.</param>
    /// <exception cref="ArgumentException">The graph is not float32, or has a value beyond what float16
    /// holds.</exception>
    public static Graph Quantize(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var rewriter = new GraphRewriter(GraphValidator.Require(graph));
        foreach (Tensor tensor in graph.Tensors.Where(t => t.IsConstant))
        {
            float[] values = Constants.Floats(tensor);
            byte[] data = new byte[values.Length * sizeof(ushort)];
            for (int i = 0; i < values.Length; i++)
            {
                var half = (Half)values[i];
                if (!Half.IsFinite(half))
                {
                    throw new ArgumentException(
                        Invariant($"'{tensor}' holds {values[i]}; float16 ends at {Half.MaxValue}."), nameof(graph));
                }

                BinaryPrimitives.WriteHalfLittleEndian(data.AsSpan(i * sizeof(ushort)), half);
            }

            rewriter.Replace(tensor,
                new Tensor(tensor.Name, TensorType.Float16, tensor.Shape,
                    data: ImmutableCollectionsMarshal.AsImmutableArray(data)));
        }

        return rewriter.Apply("weights stored as float16");
    }
}
