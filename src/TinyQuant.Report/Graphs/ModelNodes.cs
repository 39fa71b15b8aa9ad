using TinyQuant.Model;
using TinyQuant.Report.Markup;

namespace TinyQuant.Report.Graphs;

/// <summary>What a box of the drawing stands for.</summary>
internal enum NodeKind
{
    /// <summary>A tensor that the caller passes in or gets back.</summary>
    Caller,

    /// <summary>An operator that multiplies and accumulates.</summary>
    Multiplies,

    /// <summary>Another operator.</summary>
    Other,
}

/// <summary>A box of the drawing.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Title">Its first line.</param>
/// <param name="Settings">Its second line; may be empty.</param>
/// <param name="Description">All of it, to hover over.</param>
/// <param name="Writes">What it hands on: the labels of its edges.</param>
internal sealed record ModelNode(
    NodeKind Kind, string Title, string Settings, string Description, IReadOnlyList<Tensor> Writes);

/// <summary>A model as boxes and lines: the inputs, the operators in their order, the outputs.</summary>
internal sealed class ModelNodes
{
    private ModelNodes(IReadOnlyList<ModelNode> nodes, IReadOnlyList<(int From, int To)> edges)
    {
        Nodes = nodes;
        Edges = edges;
    }

    public IReadOnlyList<ModelNode> Nodes { get; }

    /// <summary>Each from a box to a later one, once.</summary>
    public IReadOnlyList<(int From, int To)> Edges { get; }

    public static ModelNodes Of(Graph graph)
    {
        List<ModelNode> nodes = [.. graph.Inputs.Select(t => Caller("input", t, [t]))];
        var writer = graph.Inputs.Select((t, i) => (t, i)).ToDictionary(p => p.t, p => p.i);
        var edges = new List<(int, int)>();
        void Connect(IEnumerable<Tensor> tensors) =>
            edges.AddRange(tensors.Where(writer.ContainsKey).Select(t => (writer[t], nodes.Count)).Distinct());
        foreach ((Operator op, int index) in graph.Operators.Select((op, i) => (op, i)))
        {
            Connect(op.Inputs);
            foreach (Tensor tensor in op.Outputs)
            {
                writer[tensor] = nodes.Count;
            }

            nodes.Add(Of(op, index));
        }

        foreach (Tensor tensor in graph.Outputs)
        {
            Connect([tensor]);
            nodes.Add(Caller("output", tensor, []));
        }

        return new ModelNodes(nodes, edges);
    }

    private static ModelNode Of(Operator op, int index)
    {
        string reads = string.Join(", ", op.Inputs.Select(t => t.Stored.ToString()));
        string settings = OperatorText.Settings(op);
        bool hasState = op.StateInputs.Any();
        return new ModelNode(
            op.Macs > 0 ? NodeKind.Multiplies : NodeKind.Other, Invariant($"{index} {op.Kind}"),
            hasState ? "keeps state" + (settings.Length > 0 ? " · " + settings : "") : settings,
            Invariant($"operator {index}, {op.Kind}: {reads} to ")
                + Invariant($"{string.Join(", ", op.Outputs.Select(t => t.ToString()))}; {Figures.Count(op.Macs)} ")
                + "MACs",
                op.Outputs);
    }

    private static ModelNode Caller(string use, Tensor tensor, Tensor[] writes) =>
        new(NodeKind.Caller, $"{use} {TensorText.ShortName(tensor.Name)}", TensorText.ShapeAndType(tensor),
            $"{use} {tensor}", writes);
}
