using TinyQuant.Model;

namespace TinyQuant.Training.Quantizers;

/// <summary>
/// Static quantization: int8 activations, asymmetric per tensor, from calibrated ranges; int8 weights in [-127, 127];
/// int32 biases. Parameters are chosen as TensorFlow Lite's post-training quantization chooses them.
/// </summary>
public static class StaticQuantizer
{
    /// <summary>The integer graph.</summary>
    /// <param name="graph">A float32 graph.</param>
    /// <param name="calibration">The range of every activation.</param>
    /// <param name="perChannel">Weights with a scale for each output instead of one for the tensor.</param>
    /// <exception cref="ArgumentException">
    /// The graph is not float32, has an operator that is not known, or an activation without a range.
    /// </exception>
    public static Graph Quantize(Graph graph, Calibration calibration, bool perChannel = false)
    {
        var rewriter = new GraphRewriter(graph);
        ArgumentNullException.ThrowIfNull(calibration);
        var activations = new Dictionary<Tensor, Quantization>();
        foreach (Tensor tensor in graph.Tensors.Where(t => !t.IsConstant))
        {
            Quantization quantization = ActivationParameters.Of(calibration[tensor]);
            activations.Add(tensor, quantization);
            rewriter.Replace(tensor, new Tensor(tensor.Name, TensorType.Int8, tensor.Shape, quantization));
        }
        foreach (Operator op in graph.Operators)
        {
            switch (op)
            {
                case FullyConnected dense:
                    Dense(rewriter, dense, activations[dense.Input].Scale, perChannel);
                    break;
                default:
                    throw GraphRewriter.Unsupported(op);
            }
        }
        return rewriter.Apply(perChannel
            ? "static quantization, weights per channel" : "static quantization, weights per tensor");
    }

    private static void Dense(GraphRewriter rewriter, FullyConnected dense, float inputScale, bool perChannel)
    {
        float[] scales = WeightQuantizer.Scales(dense.Weights, perChannel);
        if (dense.Bias is { } bias)
        {
            BiasQuantizer.WidenScales(scales, bias, inputScale);
            rewriter.Replace(bias, BiasQuantizer.Quantize(bias, scales, inputScale));
        }
        rewriter.Replace(dense.Weights, WeightQuantizer.Quantize(dense.Weights, scales));
    }
}
