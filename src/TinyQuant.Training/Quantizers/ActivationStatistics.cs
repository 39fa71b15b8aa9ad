using TinyQuant.Data;

namespace TinyQuant.Training.Quantizers;

/// <summary>
/// What calibration keeps of an activation: its extremes, how its values are distributed, and the mean of each element.
/// </summary>
public sealed class ActivationStatistics
{
    /// <summary>Bars of a histogram.</summary>
    public const int Bins = 2048;

    private readonly long[] _histogram = new long[Bins];
    private readonly double[] _sums;
    private readonly float _width;
    private long _examples;

    /// <summary>Begins with nothing.</summary>
    /// <param name="range">All values that will be added lie in it.</param>
    /// <param name="elements">Elements of the tensor.</param>
    public ActivationStatistics(ValueRange range, int elements)
    {
        Range = range;
        _sums = new double[elements];
        _width = (range.Max - range.Min) / Bins;
    }

    /// <summary>The extremes.</summary>
    public ValueRange Range { get; }

    /// <summary>How many values lie in each of <see cref="Bins"/> parts of the range.</summary>
    public IReadOnlyList<long> Histogram => _histogram;

    /// <summary>The mean of each element over the examples.</summary>
    public double[] Means => [.. _sums.Select(s => s / Math.Max(1, _examples))];

    /// <summary>The value in the middle of a bar.</summary>
    public double Middle(int bin) => Range.Min + ((bin + 0.5) * _width);

    /// <summary>The bar of a value; the first or the last for one outside of the range.</summary>
    public int BinOf(float value) => Math.Clamp(_width > 0 ? (int)((value - Range.Min) / _width) : 0, 0, Bins - 1);

    /// <summary>Counts one example's values.</summary>
    public void Add(ReadOnlySpan<float> values)
    {
        _examples++;
        for (int i = 0; i < values.Length; i++)
        {
            _sums[i] += values[i];
            _histogram[BinOf(values[i])]++;
        }
    }

    /// <summary>Runs a graph on all examples twice: for the extremes, and for what lies between them.</summary>
    /// <param name="graph">A float32 graph with one input.</param>
    /// <param name="runner">Computes it.</param>
    /// <param name="inputs">The examples, from the first, each time it is called.</param>
    /// <param name="cancellation">Looked at before every example.</param>
    /// <exception cref="ArgumentException">As <see cref="Calibrator.Run"/>.</exception>
    public static IReadOnlyDictionary<string, ActivationStatistics> Of(
        Model.Graph graph, IGraphRunner runner, Func<IEnumerable<float[]>> inputs,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Calibration ranges = Calibrator.Run(graph, runner, inputs(), cancellation);
        var all = graph.Tensors.Where(t => ranges.Ranges.ContainsKey(t.Name))
            .ToDictionary(
                t => t.Name, t => new ActivationStatistics(ranges[t], t.ElementCount), StringComparer.Ordinal);
        foreach (float[] input in inputs())
        {
            cancellation.ThrowIfCancellationRequested();
            all[graph.Inputs[0].Name].Add(input);
            foreach ((string name, float[] values) in runner.Run(input))
            {
                all[name].Add(values);
            }
        }

        return all;
    }
}
