using TinyQuant.Model;
using TinyQuant.Training.Codes;

namespace TinyQuant.Training.Quantizers;

/// <summary>
/// Evens out the weights of two layers that follow one another: where nothing but ReLU and pooling is between them, a
/// channel divided by s in the first and multiplied by s in the second changes nothing, and s = sqrt(r1 / r2), with the
/// channel's largest weights r1 and r2, makes both as large (Nagel et al., 2019, as <see cref="BiasCorrection"/>). A
/// tensor that the model gives, or that somebody else reads too, keeps its values, and so do constants that several
/// operators share.
/// </summary>
public static class CrossLayerEqualization
{
    private const int Sweeps = 20;

    /// <summary>The float32 graph with other weights and biases, which computes the same.</summary>
    /// <param name="graph">A float32 graph.</param>
    public static Graph Apply(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        (WeightedOperator First, WeightedOperator Second)[] pairs = [.. Pairs(graph)];
        Dictionary<string, float[]> values = pairs.SelectMany(p =>
            new[] { p.First.Weights, p.First.Bias, p.Second.Weights }).OfType<Tensor>().Distinct()
            .ToDictionary(t => t.Name, Constants.Floats, StringComparer.Ordinal);
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            foreach ((WeightedOperator first, WeightedOperator second) in pairs)
            {
                Even(first, values[first.Weights.Name], first.Bias is { } bias ? values[bias.Name] : [], second,
                    values[second.Weights.Name]);
            }
        }

        return ConstantRewriter.Replace(graph, values, $"cross-layer equalization of {pairs.Length} pairs of layers");
    }

    private static void Even(
        WeightedOperator first, float[] weights, float[] bias, WeightedOperator second, float[] next)
    {
        int channels = first.Weights.Shape[first.ChannelAxis];
        float[] out1 = new float[channels], in2 = new float[channels];
        for (int i = 0; i < weights.Length; i++)
        {
            int c = OutputChannel(first, i);
            out1[c] = MathF.Max(out1[c], MathF.Abs(weights[i]));
        }

        for (int i = 0; i < next.Length; i++)
        {
            int c = InputChannel(second, i, channels);
            in2[c] = MathF.Max(in2[c], MathF.Abs(next[i]));
        }

        float[] scale = [.. out1.Select((r1, c) => r1 > 0 && in2[c] > 0 ? Usable(MathF.Sqrt(r1 / in2[c])) : 1)];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] /= scale[OutputChannel(first, i)];
        }

        for (int c = 0; c < bias.Length; c++)
        {
            bias[c] /= scale[c];
        }

        for (int i = 0; i < next.Length; i++)
        {
            next[i] *= scale[InputChannel(second, i, channels)];
        }
    }

    /// <summary>1 in place of what weights cannot be divided by.</summary>
    private static float Usable(float scale) => float.IsNormal(scale) && float.IsNormal(1 / scale) ? scale : 1;

    private static int OutputChannel(WeightedOperator op, int index) =>
        new ChannelLayout(op.Weights.ElementCount, op.Weights.Shape[op.ChannelAxis], op.ChannelAxis == 0).ChannelOf(
            index);

    /// <summary>
    /// The channel of the first layer that a weight of the second multiplies; images are flattened channel by channel.
    /// </summary>
    private static int InputChannel(WeightedOperator op, int index, int channels) => op.ChannelAxis == 0
        ? index % (op.Weights.ElementCount / op.Weights.Shape[0]) % channels
        : index % op.Weights.Shape[op.ChannelAxis] / (op.Weights.Shape[op.ChannelAxis] / channels);

    private static IEnumerable<(WeightedOperator First, WeightedOperator Second)> Pairs(Graph graph)
    {
        var readers = new ConstantReaders(graph);
        foreach (Operator op in graph.Operators.Where(o => ActivationOf(o) is Activation.None or Activation.Relu))
        {
            WeightedOperator first = WeightedOperator.Of(op)!;
            int channels = first.Weights.Shape[first.ChannelAxis];
            Tensor tensor = op.Outputs[0];
            while (readers.AreOwn(first) && OnlyReader(graph, tensor) is { } reader)
            {
                if (WeightedOperator.Of(reader) is { } second)
                {
                    if (readers.IsOwn(second.Weights) && KeepsChannels(second, channels))
                    {
                        yield return (first, second);
                    }

                    break;
                }

                if (!Passes(reader, channels))
                {
                    break;
                }

                tensor = reader.Outputs[0];
            }
        }
    }

    private static Activation? ActivationOf(Operator op) => op switch
    {
        FullyConnected dense => dense.Activation,
        Convolution conv when WeightedOperator.Of(op) is not null => conv.Window.Activation,
        _ => null,
    };

    private static Operator? OnlyReader(Graph graph, Tensor tensor)
    {
        Operator[] readers = [.. graph.Operators.Where(o => o.Inputs.Contains(tensor))];
        return readers.Length == 1 && !graph.Outputs.Contains(tensor)
            && (WeightedOperator.Of(readers[0]) is not { } op || op.Input == tensor)
            ? readers[0]
            : null;
    }

    /// <summary>Whether c · x gives c · y for every positive c, channel by channel.</summary>
    private static bool Passes(Operator op, int channels) => op switch
    {
        Pooling pool => pool.Window.Activation is Activation.None or Activation.Relu && IsWhole(op, channels),
        Mean { Axes: [1, 2] } => IsWhole(op, channels),
        Relu or Reshape => true,
        _ => false,
    };

    /// <summary>
    /// Whether an element's place tells its channel as it did before: element i is of channel i mod channels, and a
    /// Reshape before may have put that across other dimensions than the last.
    /// </summary>
    private static bool IsWhole(Operator op, int channels) => op.Inputs[0].Shape[^1] % channels == 0;

    /// <summary>The same of the layer that is multiplied.</summary>
    private static bool KeepsChannels(WeightedOperator second, int channels) =>
        (second.ChannelAxis, second.Weights.Shape.Length) switch
        {
            (0, 4) => second.Weights.Shape[3] % channels == 0,
            (0, _) => second.Weights.ElementCount / second.Weights.Shape[0] % channels == 0,
            _ => second.Input.Shape[^1] == channels,
        };
}
