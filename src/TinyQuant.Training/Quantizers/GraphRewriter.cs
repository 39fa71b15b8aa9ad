using TinyQuant.Model;

namespace TinyQuant.Training.Quantizers;

/// <summary>A graph with some tensors replaced; names, order and everything else stay. Metrics go: they are of the
/// graph that they were measured on.</summary>
internal sealed class GraphRewriter
{
    private static readonly Type[] s_known =
    [
        typeof(FullyConnected), typeof(Conv2D), typeof(DepthwiseConv2D), typeof(MaxPool2D), typeof(AveragePool2D),
        typeof(Mean), typeof(Add),
        typeof(Relu), typeof(Relu6), typeof(Softmax), typeof(Logistic), typeof(Tanh), typeof(Pad), typeof(Reshape),
        typeof(Squeeze),
        typeof(ExpandDims),
    ];

    private readonly Graph _graph;
    private readonly Dictionary<Tensor, Tensor> _replacements = [];

    /// <exception cref="ArgumentException">The graph is not float32 throughout.</exception>
    public GraphRewriter(ValidGraph valid)
    {
        Graph graph = valid.Graph;
        if (graph.Tensors.FirstOrDefault(t => t.Type != TensorType.Float32) is { } tensor)
        {
            throw new ArgumentException(
                $"'{tensor}' is not float32; only a float32 graph can be quantized.", nameof(valid));
        }

        _graph = graph;
    }

    /// <summary>A graph whose float16 constants are float32.</summary>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    public static ValidGraph Widened(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return StoredConstants.Widen(GraphValidator.Require(graph));
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
    /// It is not valid: a constant that the quantizer does not know, such as one that is added, would be left in
    /// float32.
    /// </exception>
    public ValidGraph ApplyValid(string note) =>
        GraphValidator.TryValidate(Apply(note), out IReadOnlyList<ModelError> errors)
        ?? throw new ArgumentException($"'{_graph.Name}' cannot be rewritten ({note}): {errors[0].Message}.");

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
        + string.Join(", ", s_known.Select(t => t.Name)) + ".");

    private Tensor Of(Tensor tensor) => _replacements.GetValueOrDefault(tensor, tensor);

    private Operator Of(Operator op) => s_known.Contains(op.GetType())
        ? op.With([.. op.Inputs.Select(Of)], [.. op.Outputs.Select(Of)])
        : throw Unsupported(op);
}
