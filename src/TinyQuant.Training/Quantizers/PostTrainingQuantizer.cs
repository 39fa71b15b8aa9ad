using TinyQuant.Data;
using TinyQuant.Model;

namespace TinyQuant.Training.Quantizers;

/// <summary>Post-training quantization of one graph, again and again with other options over one calibration.</summary>
public sealed class PostTrainingQuantizer
{
    private readonly Graph _graph;
    private readonly Func<Graph, IGraphRunner> _runner;
    private readonly Func<IEnumerable<float[]>> _inputs;
    private readonly ValueRange? _inputRange;
    private readonly Dictionary<
        bool, (Graph Graph, IReadOnlyDictionary<string, ActivationStatistics> Statistics)> _calibrated = [];

    /// <summary>Nothing is computed yet.</summary>
    /// <param name="graph">A float32 graph with one input; constants may be float16.</param>
    /// <param name="runner">Computes a float32 graph.</param>
    /// <param name="inputs">The examples of calibration, from the first, each time it is called.</param>
    /// <param name="inputRange">The range of the input where it is known without looking.</param>
    /// <exception cref="ArgumentException">A constant is NaN or infinite; the message names it.</exception>
    public PostTrainingQuantizer(
        Graph graph, Func<Graph, IGraphRunner> runner, Func<IEnumerable<float[]>> inputs, ValueRange? inputRange = null)
    {
        if (FiniteConstants.FindOther(graph) is { } other)
        {
            throw new ArgumentException($"'{graph.Name}': {other}.", nameof(graph));
        }

        (_graph, _runner, _inputs, _inputRange) = (GraphRewriter.Widened(graph), runner, inputs, inputRange);
    }

    /// <summary>The graph in int8 or int4.</summary>
    /// <param name="options">How.</param>
    /// <param name="formatOf">The format of each operator's float32 weights, where they differ; null for that of the
    /// options.</param>
    /// <param name="cancellation">Looked at while calibrating.</param>
    /// <exception cref="ArgumentException">The graph cannot be quantized, or there is no example.</exception>
    public Graph Quantize(PostTrainingOptions options, Func<Tensor, WeightFormat>? formatOf = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        (Graph graph, Calibration calibration) = Calibrate(options, cancellation);
        string weights = formatOf is null ? options.Weights.Describe() : "chosen layer by layer";
        formatOf ??= _ => options.Weights;
        graph = options.CorrectsBias
            ? BiasCorrection.Apply(graph, _calibrated[options.Equalizes].Statistics, formatOf)
            : graph;
        return StaticQuantizer.Quantize(
            graph, calibration, formatOf, $"static quantization, ranges by {options.Method.Word()}, weights {weights}");
    }

    /// <summary>The float32 graph, evened out where that is asked for, and the ranges of its activations.</summary>
    public (Graph Graph, Calibration Calibration) Calibrate(
        PostTrainingOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!_calibrated.TryGetValue(options.Equalizes, out var known))
        {
            Graph graph = options.Equalizes ? CrossLayerEqualization.Apply(_graph) : _graph;
            known = (graph, ActivationStatistics.Of(graph, _runner(graph), _inputs, cancellation));
            _calibrated.Add(options.Equalizes, known);
        }

        var calibration = new Calibration(
            known.Statistics.Select(s => KeyValuePair.Create(s.Key, RangeChooser.Choose(options.Method, s.Value))));
        return (known.Graph, _inputRange is { } range ? calibration.With(_graph.Inputs[0].Name, range) : calibration);
    }
}
