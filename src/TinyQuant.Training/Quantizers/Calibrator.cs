using TinyQuant.Data;
using TinyQuant.Model;

namespace TinyQuant.Training.Quantizers;

/// <summary>Min-max calibration: runs a float32 graph on examples and keeps the extremes of every activation.</summary>
public static class Calibrator
{
    /// <summary>The ranges of all activations over the examples.</summary>
    /// <param name="graph">A float32 graph with one input.</param>
    /// <param name="runner">Computes it.</param>
    /// <param name="inputs">At least one example of the input, row-major; it may be reused after its turn.</param>
    /// <param name="cancellation">Looked at before every example.</param>
    /// <exception cref="ArgumentException">No example, a wrong length, a tensor missing or not finite.</exception>
    public static Calibration Run(
        Graph graph, IGraphRunner runner, IEnumerable<float[]> inputs, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(runner);
        ArgumentNullException.ThrowIfNull(inputs);
        if (graph.Inputs.Length != 1)
        {
            throw new ArgumentException($"'{graph.Name}' has {graph.Inputs.Length} inputs; expected 1.", nameof(graph));
        }

        Tensor input = graph.Inputs[0];
        var ranges = new Dictionary<string, ValueRange>(StringComparer.Ordinal);
        int number = 0;
        foreach (float[] values in inputs)
        {
            number++;
            cancellation.ThrowIfCancellationRequested();
            if (values.Length != input.ElementCount)
            {
                throw new ArgumentException(
                    Invariant($"An example has {values.Length} values; '{input}' takes {input.ElementCount}."),
                    nameof(inputs));
            }

            Widen(ranges, input.Name, values, number);
            IReadOnlyDictionary<string, float[]> activations = runner.Run(values);
            foreach (Tensor tensor in graph.Operators.SelectMany(o => o.Outputs))
            {
                if (!activations.TryGetValue(tensor.Name, out float[]? activation))
                {
                    throw new ArgumentException($"The runner does not show '{tensor.Name}'.", nameof(runner));
                }

                Widen(ranges, tensor.Name, activation, number);
            }
        }

        return ranges.Count > 0
            ? new Calibration(ranges)
            : throw new ArgumentException("Calibration needs at least one example.", nameof(inputs));
    }

    private static void Widen(Dictionary<string, ValueRange> ranges, string name, float[] values, int example)
    {
        if (NonFinite.IndexIn(values) is >= 0 and int at)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"calibration: '{name}' holds {values[at]} at {at} for example {example}, counted from 1; ")
                    + "expected finite numbers. A value this far out is in the data, or the weights make it overflow.");
        }

        var range = ValueRange.Unchecked(values);
        ranges[name] = ranges.TryGetValue(name, out ValueRange known) ? known.Union(range) : range;
    }
}
