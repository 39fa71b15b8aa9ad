using TinyQuant.Model;

namespace TinyQuant.Training.Quantizers;

/// <summary>
/// Dynamic-range quantization: int8 weights in [-127, 127], while biases and activations stay float32 and each
/// operator quantizes its input as it runs. It needs no calibration.
/// </summary>
public static class DynamicQuantizer
{
    /// <summary>The graph with quantized weights.</summary>
    /// <param name="graph">A float32 graph.</param>
    /// <param name="perChannel">A scale for each output instead of one for the tensor.</param>
    /// <exception cref="ArgumentException">The graph is not float32, or has an operator that is not known.</exception>
    public static Graph Quantize(Graph graph, bool perChannel = false)
    {
        var rewriter = new GraphRewriter(graph);
        foreach (Operator op in graph.Operators)
        {
            switch (op)
            {
                case FullyConnected dense:
                    float[] scales = WeightQuantizer.Scales(dense.Weights, perChannel);
                    rewriter.Replace(dense.Weights, WeightQuantizer.Quantize(dense.Weights, scales));
                    break;
                default:
                    throw GraphRewriter.Unsupported(op);
            }
        }
        return rewriter.Apply(perChannel
            ? "dynamic-range quantization, weights per channel" : "dynamic-range quantization, weights per tensor");
    }
}
