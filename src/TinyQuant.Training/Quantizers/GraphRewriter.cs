using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Training.Quantizers;

/// <summary>A graph with some tensors replaced; names, order and everything else stay. Metrics go: they are of the
/// graph that they were measured on.</summary>
internal sealed class GraphRewriter
{
    private readonly Graph _graph;
    private readonly Dictionary<Tensor, Tensor> _replacements = [];

    /// <exception cref="ArgumentException">The graph is not valid or not float32 throughout.</exception>
    public GraphRewriter(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        if (GraphValidator.Validate(graph).FirstOrDefault() is { } error)
        {
            throw new ArgumentException($"The graph '{graph.Name}' is not valid: {error.Message}.", nameof(graph));
        }
        if (graph.Tensors.FirstOrDefault(t => t.Type != TensorType.Float32) is { } tensor)
        {
            throw new ArgumentException(
                $"'{tensor}' is not float32; only a float32 graph can be quantized.", nameof(graph));
        }
        _graph = graph;
    }

    /// <summary>A graph whose float16 constants are float32. One that is not valid stays as it is, for the constructor to refuse.</summary>
    public static Graph Widened(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return GraphValidator.Validate(graph).Any() ? graph : StoredConstants.Widen(graph);
    }

    /// <summary>Puts one tensor in another's place.</summary>
    /// <exception cref="ArgumentException">It was replaced before: a constant that two operators share.</exception>
    public void Replace(Tensor from, Tensor to)
    {
        if (!_replacements.TryAdd(from, to))
        {
            throw new ArgumentException($"Two operators share '{from.Name}'; give each a constant of its own.");
        }
    }

    /// <summary>The graph with all replacements.</summary>
    /// <exception cref="ArgumentException">
    /// It is not valid: a constant that the quantizer does not know, such as one that is added, would be left in float32.
    /// </exception>
    public Graph ApplyValid(string note)
    {
        Graph graph = Apply(note);
        return GraphValidator.Validate(graph).FirstOrDefault() is { } error
            ? throw new ArgumentException($"'{_graph.Name}' cannot be rewritten ({note}): {error.Message}.")
            : graph;
    }

    /// <summary>The same, valid or not.</summary>
    public Graph Apply(string note) => _graph with
    {
        Notes = _graph.Notes.Add(note),
        Metrics = [],
        Rounding = Rounding.Double,
        Tensors = [.. _graph.Tensors.Select(Of)],
        Inputs = [.. _graph.Inputs.Select(Of)],
        Outputs = [.. _graph.Outputs.Select(Of)],
        Operators = [.. _graph.Operators.Select(Of)],
    };

    /// <summary>The error of a quantizer that meets an operator it does not know.</summary>
    public static ArgumentException Unsupported(Operator op) => new(
        $"{op.Kind}, which writes '{op.Outputs[0].Name}', cannot be quantized yet; known: "
        + "FullyConnected, Conv2D, DepthwiseConv2D, MaxPool2D, AveragePool2D, Mean, Add, Relu, Relu6, Softmax, Logistic, Tanh, Pad, Reshape, Squeeze, ExpandDims.");

    private Tensor Of(Tensor tensor) => _replacements.GetValueOrDefault(tensor, tensor);

    private Operator Of(Operator op) => op switch
    {
        FullyConnected dense => new FullyConnected(Inputs(op), Of(dense.Output), dense.Activation, op.Line),
        Conv2D conv => new Conv2D(Inputs(op), Of(conv.Output), conv.Window, op.Line),
        DepthwiseConv2D depthwise => new DepthwiseConv2D(Inputs(op), Of(depthwise.Output), depthwise.Window, op.Line),
        MaxPool2D pool => new MaxPool2D(Of(pool.Input), Of(pool.Output), pool.Filter, pool.Window, op.Line),
        AveragePool2D pool => new AveragePool2D(Of(pool.Input), Of(pool.Output), pool.Filter, pool.Window, op.Line),
        Mean mean => new Mean(Of(mean.Input), Of(mean.Output), mean.Axes, mean.KeepDims, op.Line),
        Add add => new Add(Inputs(op), Of(add.Outputs[0]), add.Activation, op.Line),
        Relu relu => new Relu(Of(relu.Input), Of(relu.Output), op.Line),
        Relu6 relu => new Relu6(Of(relu.Input), Of(relu.Output), op.Line),
        Softmax softmax => new Softmax(Of(softmax.Inputs[0]), Of(softmax.Outputs[0]), softmax.Beta, op.Line),
        Logistic => new Logistic(Of(op.Inputs[0]), Of(op.Outputs[0]), op.Line),
        Tanh => new Tanh(Of(op.Inputs[0]), Of(op.Outputs[0]), op.Line),
        Pad pad => new Pad(Of(pad.Inputs[0]), Of(pad.Outputs[0]), pad.Paddings, op.Line),
        Squeeze => new Squeeze(Of(op.Inputs[0]), Of(op.Outputs[0]), op.Line),
        ExpandDims => new ExpandDims(Of(op.Inputs[0]), Of(op.Outputs[0]), op.Line),
        Reshape reshape => new Reshape(Of(reshape.Inputs[0]), Of(reshape.Outputs[0]), op.Line),
        _ => throw Unsupported(op),
    };

    private ImmutableArray<Tensor> Inputs(Operator op) => [.. op.Inputs.Select(Of)];
}
