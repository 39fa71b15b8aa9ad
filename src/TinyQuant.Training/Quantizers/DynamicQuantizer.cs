using TinyQuant.Model;
using TinyQuant.Training.Codes;

namespace TinyQuant.Training.Quantizers;

/// <summary>
/// Dynamic-range quantization: int8 weights in [-127, 127], while biases and activations stay float32 and each
/// operator with weights quantizes its input as it runs; all others compute in float32. It needs no calibration.
/// Convolutions have a scale for each output channel, as TensorFlow Lite's have.
/// </summary>
public static class DynamicQuantizer
{
    /// <summary>The graph with quantized weights.</summary>
    /// <param name="graph">A float32 graph.</param>
    /// <param name="perChannel">A scale for each output of a dense layer too, instead of one for the tensor.</param>
    /// <exception cref="ArgumentException">The graph is not float32, or has an operator that is not known.</exception>
    public static Graph Quantize(Graph graph, bool perChannel = false)
    {
        ValidGraph valid = GraphRewriter.Widened(graph);
        var rewriter = new GraphRewriter(valid);
        foreach (Operator op in valid.Graph.Operators)
        {
            if (WeightedOperator.Of(op) is { } weighted)
            {
                float[] scales = WeightQuantizer.Scales(
                    weighted.Weights, perChannel || op is Convolution, weighted.ChannelAxis);
                rewriter.Replace(
                    weighted.Weights, WeightQuantizer.Quantize(weighted.Weights, scales, weighted.ChannelAxis));
            }
        }

        return rewriter.Apply(perChannel
            ? "dynamic-range quantization, weights per channel" : "dynamic-range quantization, weights per tensor");
    }
}
