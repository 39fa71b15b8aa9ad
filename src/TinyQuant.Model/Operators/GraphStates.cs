namespace TinyQuant.Model;

/// <summary>
/// Where variable tensors are used. Those of one name are one state, of the model and of the graphs that its operators
/// run.
/// </summary>
internal static class GraphStates
{
    /// <summary>Each use by an operator of a graph.</summary>
    public static IEnumerable<(Tensor Tensor, Operator User)> OfOperators(Graph graph) => graph.Operators.SelectMany(
        o => o.Inputs.Concat(o.Outputs).Where(t => t.IsVariable).Select(t => (t, o)));

    /// <summary>The same, and behind them those of the graphs that a run can reach from it.</summary>
    public static IEnumerable<(Tensor Tensor, Operator User)> Of(Graph graph) =>
        OfOperators(graph).Concat(graph.Operators.SelectMany(o => o.Reached).SelectMany(Of));
}
