using TinyQuant.Model;
using TinyQuant.Training.Codes;

namespace TinyQuant.Training.Quantizers;

/// <summary>
/// Takes off each bias what rounding of the weights adds to the output on average: b' = b - Σ (ŵ - w) E[x], over inputs
/// of which calibration knows the mean; a bias that somebody else reads too stays (Nagel et al., "Data-Free
/// Quantization Through Weight Equalization and Bias Correction", 2019). Means of an image are taken over its
/// positions, as if nothing lay outside of it.
/// </summary>
public static class BiasCorrection
{
    /// <summary>The float32 graph with other biases.</summary>
    /// <param name="graph">A float32 graph.</param>
    /// <param name="statistics">The means of its activations.</param>
    /// <param name="formatOf">How each operator's weights will be rounded.</param>
    public static Graph Apply(
        Graph graph, IReadOnlyDictionary<string, ActivationStatistics> statistics, Func<Tensor, WeightFormat> formatOf)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(statistics);
        ArgumentNullException.ThrowIfNull(formatOf);
        var biases = new Dictionary<string, float[]>(StringComparer.Ordinal);
        var readers = new ConstantReaders(graph);
        foreach (WeightedOperator op in graph.Operators.Select(WeightedOperator.Of).OfType<WeightedOperator>()
            .Where(o => o.Bias is { } bias && readers.IsOwn(bias)))
        {
            biases[op.Bias!.Name] = Corrected(op, statistics[op.Input.Name].Means, formatOf(op.Weights));
        }

        return ConstantRewriter.Replace(graph, biases, "bias correction");
    }

    private static float[] Corrected(WeightedOperator op, double[] means, WeightFormat format)
    {
        float[] weights = Constants.Floats(op.Weights);
        WeightCodes codes = WeightCodes.Of(weights, op.Weights.Shape, op.ChannelAxis, format);
        float[] bias = Constants.Floats(op.Bias!);
        int slice = weights.Length / bias.Length;
        double[] inputs = op.Weights.Shape.Length == 4 ? ChannelMeans(means, op.Input.Shape[3]) : means;
        double[] excess = new double[bias.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            int output = op.ChannelAxis == 0 ? i / slice : i % bias.Length;
            int input = op.ChannelAxis == 0 ? i % slice % inputs.Length : output / (bias.Length / inputs.Length);
            excess[output] += ((double)codes.Decode(i) - weights[i]) * inputs[input];
        }

        return [.. bias.Select((b, o) => (float)(b - excess[o]))];
    }

    private static double[] ChannelMeans(double[] means, int channels)
    {
        double[] of = new double[channels];
        for (int i = 0; i < means.Length; i++)
        {
            of[i % channels] += means[i] * channels / means.Length;
        }

        return of;
    }
}
