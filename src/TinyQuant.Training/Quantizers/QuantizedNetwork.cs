using System.Collections.Immutable;
using TinyQuant.Model;
using TinyQuant.Training.Codes;
using TinyQuant.Training.Layers;

namespace TinyQuant.Training.Quantizers;

/// <summary>
/// A trained float32 graph as a network that computes with rounded weights and activations, to be trained on: what was
/// a batch normalization is part of the weights here already.
/// </summary>
internal sealed class QuantizedNetwork
{
    private readonly List<NetworkNode> _nodes = [];
    private readonly Dictionary<Tensor, int> _writers = [];
    private readonly List<(WeightedOperator Operator, LinearLayer Layer)> _weighted = [];
    private readonly Dictionary<string, FakeQuantizeLayer> _observers = new(StringComparer.Ordinal);
    private readonly Graph _graph;
    private readonly Calibration _calibration;
    private readonly WeightFormat _format;

    /// <exception cref="ArgumentException">An operator is not known, or has no range.</exception>
    public QuantizedNetwork(Graph graph, Calibration calibration, int maxBatch, WeightFormat format)
    {
        (_graph, _calibration, _format) = (graph, calibration, format);
        if (graph.Inputs.Length != 1 || graph.Outputs.Length != 1 || graph.Operators.IsEmpty
            || graph.Operators[^1].Outputs[0] != graph.Outputs[0])
        {
            throw new ArgumentException(
                $"'{graph.Name}' has {graph.Inputs.Length} inputs and {graph.Outputs.Length} outputs; expected "
                    + "one of each, the output written by the last operator, to train on.");
        }

        _writers[graph.Inputs[0]] = NetworkNode.NetworkInput;
        foreach (Operator op in graph.Operators)
        {
            Add(op);
        }

        Network = new Network(maxBatch, _nodes);
    }

    public Network Network { get; }

    /// <summary>The graph with the weights as they are now, and the ranges as they were followed.</summary>
    public (Graph Graph, Calibration Calibration) Result(string note)
    {
        var values = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach ((WeightedOperator op, LinearLayer layer) in _weighted)
        {
            values[op.Weights.Name] = layer.Weights.Values;
            values[op.Bias!.Name] = layer.Bias.Values;
        }

        Calibration calibration = _observers.Aggregate(_calibration, (c, o) => c.With(o.Key, o.Value.Range));
        return (ConstantRewriter.Replace(_graph, values, note), calibration);
    }

    private void Add(Operator op)
    {
        Tensor output = op.Outputs[0];
        (Layer layer, Activation activation) = Layers(op);
        _nodes.Add(new NetworkNode(layer, Sources(op, layer)));
        if (activation != Activation.None)
        {
            Append(new ReluLayer($"{output.Name}.activation", layer.OutputShape, activation == Activation.Relu6));
        }

        if (!StaticQuantizer.KeepsScale(op))
        {
            var observer = new FakeQuantizeLayer($"{output.Name}.codes", layer.OutputShape, _calibration[output]);
            _observers.Add(output.Name, observer);
            Append(observer);
        }

        _writers[output] = _nodes.Count - 1;
    }

    private void Append(Layer layer) => _nodes.Add(new NetworkNode(layer, [_nodes.Count - 1]));

    private ImmutableArray<int> Sources(Operator op, Layer layer) =>
        [.. op.Inputs.Take(layer.InputShapes.Count).Select(t => _writers.TryGetValue(t, out int node)
        ? node
        : throw new ArgumentException(
            $"{op.Kind}, which writes '{op.Outputs[0].Name}', reads '{t.Name}', which is no activation, and "
                + "cannot be trained on."))];

    private (Layer Layer, Activation Activation) Layers(Operator op) => op switch
    {
        FullyConnected dense =>
            (Load(new DenseLayer(Name(op), Shape(dense.Input), dense.Weights.Shape[0]), op), dense.Activation),
        Conv2D { Groups: 1 } conv =>
            (Load(new Conv2DLayer(Name(op), Shape(conv.Input), conv.Weights.Shape[0], Window(conv.Filter, conv.Window)),
                op), conv.Window.Activation),
        DepthwiseConv2D { Multiplier: 1 } conv =>
            (Load(new DepthwiseConv2DLayer(Name(op), Shape(conv.Input), Window(conv.Filter, conv.Window)), op),
                conv.Window.Activation),
        MaxPool2D pool =>
            (new MaxPool2DLayer(Name(op), Shape(pool.Input), Window(pool.Filter, pool.Window)), pool.Window.Activation),
        AveragePool2D pool =>
            (new AveragePool2DLayer(Name(op), Shape(pool.Input), Window(pool.Filter, pool.Window)),
                pool.Window.Activation),
        Mean { Axes: [1, 2], KeepDims: false } mean =>
            (new GlobalAveragePoolLayer(Name(op), Shape(mean.Input)), Activation.None),
        Add add => (new AddLayer(Name(op), Shape(add.Inputs[0])), add.Activation),
        Relu relu => (new ReluLayer(Name(op), Shape(relu.Input)), Activation.None),
        Relu6 relu => (new ReluLayer(Name(op), Shape(relu.Input), isRelu6: true), Activation.None),
        Reshape reshape => (new FlattenLayer(Name(op), Shape(reshape.Inputs[0])), Activation.None),
        _ => throw new ArgumentException($"{op.Kind}, which writes '{op.Outputs[0].Name}', cannot be trained on."),
    };

    private LinearLayer Load(LinearLayer layer, Operator op)
    {
        WeightedOperator weighted = WeightedOperator.Of(op)!;
        if (weighted.Bias is null)
        {
            throw new ArgumentException($"{op.Kind}, which writes '{op.Outputs[0].Name}', has no bias; expected one.");
        }

        Constants.Floats(weighted.Weights).CopyTo(layer.Weights.Values, 0);
        Constants.Floats(weighted.Bias).CopyTo(layer.Bias.Values, 0);
        if (_weighted.Any(w => w.Operator.Weights == weighted.Weights || w.Operator.Bias == weighted.Bias))
        {
            throw new ArgumentException(
                $"{op.Kind}, which writes '{op.Outputs[0].Name}', shares its weights or bias with another "
                    + "operator; expected constants of its own, to train on.");
        }

        layer.Rounding = _format;
        _weighted.Add((weighted, layer));
        return layer;
    }

    private static string Name(Operator op) => op.Outputs[0].Name;

    private static FeatureShape Shape(Tensor tensor) => tensor.Shape is [1, int height, int width, int channels]
        ? new FeatureShape(height, width, channels)
        : FeatureShape.Vector(tensor.ElementCount);

    private static Window Window((int Height, int Width) filter, WindowOptions options) =>
        options is { DilationHeight: 1, DilationWidth: 1 }
        ? new Window(filter.Height, filter.Width, options.StrideHeight, options.Padding)
        {
            StrideWidth = options.StrideWidth,
        }
        : throw new ArgumentException("A window with dilation cannot be trained on.");
}
