using TinyQuant.Model;
using TinyQuant.Training.Codes;

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
    /// <param name="perChannel">Weights with a scale for each output channel instead of one for the tensor.</param>
    /// <exception cref="ArgumentException">
    /// The graph is not float32, has an operator that is not known, or an activation without a range.
    /// </exception>
    public static Graph Quantize(Graph graph, Calibration calibration, bool perChannel = false)
    {
        WeightFormat format = perChannel ? WeightFormat.Int8 : WeightFormat.Int8PerTensor;
        return Quantize(graph, calibration, _ => format, perChannel
            ? "static quantization, weights per channel" : "static quantization, weights per tensor");
    }

    /// <summary>The integer graph with all weights in one format, where they can have it.</summary>
    /// <inheritdoc cref="Quantize(Graph, Calibration, bool)"/>
    public static Graph Quantize(Graph graph, Calibration calibration, WeightFormat format) =>
        Quantize(graph, calibration, _ => format, $"static quantization, weights {format.Describe()}");

    /// <summary>The integer graph with a format for each operator's weights.</summary>
    /// <param name="graph">A float32 graph.</param>
    /// <param name="calibration">The range of every activation.</param>
    /// <param name="formatOf">The format of weights, asked for with the float32 tensor.</param>
    /// <param name="note">What was done, for the file.</param>
    /// <exception cref="ArgumentException">As for the others.</exception>
    public static Graph Quantize(Graph graph, Calibration calibration, Func<Tensor, WeightFormat> formatOf, string note)
    {
        ArgumentNullException.ThrowIfNull(formatOf);
        ValidGraph valid = GraphRewriter.Widened(graph);
        var rewriter = new GraphRewriter(valid);
        graph = valid.Graph;
        ArgumentNullException.ThrowIfNull(calibration);
        Dictionary<Tensor, Quantization> activations = Activations(graph, calibration);
        foreach (Tensor tensor in graph.Tensors.Where(t => !t.IsConstant))
        {
            rewriter.Replace(tensor, new Tensor(tensor.Name, TensorType.Int8, tensor.Shape, activations[tensor]));
        }

        foreach (WeightedOperator op in graph.Operators.Select(WeightedOperator.Of).OfType<WeightedOperator>())
        {
            Weights(rewriter, op, activations[op.Input].Scale, formatOf(op.Weights));
        }

        return rewriter.ApplyValid(note);
    }

    /// <summary>
    /// Parameters of all activations. An operator that only moves values hands on those of its input, and a function
    /// whose values are known without looking has those that its int8 kernel computes with.
    /// </summary>
    private static Dictionary<Tensor, Quantization> Activations(Graph graph, Calibration calibration)
    {
        Dictionary<Tensor, Quantization> activations = graph.Tensors.Where(t => !t.IsConstant)
            .ToDictionary(t => t, t => ActivationParameters.Of(calibration[t]));
        foreach (Operator op in graph.Operators)
        {
            activations[op.Outputs[0]] = KeepsScale(op)
                ? activations[op.Inputs[0]]
                : Fixed(op) ?? activations[op.Outputs[0]];
        }

        return activations;
    }

    /// <summary>Whether output and input must have one scale and zero point.</summary>
    internal static bool KeepsScale(Operator op) => op is Pooling or Movement;

    /// <summary>What TensorFlow Lite asks for: from 0 to 1 for Softmax and Logistic, from -1 to 1 for Tanh.</summary>
    private static Quantization? Fixed(Operator op) => op switch
    {
        Softmax or Logistic => new Quantization(1f / 256, -128),
        Tanh => new Quantization(1f / 128, 0),
        _ => null,
    };

    private static void Weights(GraphRewriter rewriter, WeightedOperator op, float inputScale, WeightFormat format)
    {
        float[] values = Constants.Floats(op.Weights);
        WeightCodes codes = WeightCodes.Of(values, op.Weights.Shape, op.ChannelAxis, format);
        if (op.Bias is { } bias)
        {
            float[] scales = [.. codes.Scales];
            BiasQuantizer.WidenScales(scales, bias, inputScale);
            codes = codes.WithScales(values, scales);
            rewriter.Replace(bias, BiasQuantizer.Quantize(bias, scales, inputScale));
        }

        rewriter.Replace(op.Weights, codes.ToTensor(op.Weights.Name, op.Weights.Shape, op.ChannelAxis));
    }
}
