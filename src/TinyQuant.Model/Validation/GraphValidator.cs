using System.Text;

namespace TinyQuant.Model;

/// <summary>Checks what a graph must hold before anything is made of it.</summary>
public static class GraphValidator
{
    /// <summary>The graph as a valid one.</summary>
    /// <param name="graph">The graph to check.</param>
    /// <param name="errors">What is wrong; empty where nothing is.</param>
    /// <returns>The graph; null where there are errors.</returns>
    public static ValidGraph? TryValidate(Graph graph, out IReadOnlyList<ModelError> errors)
    {
        errors = [.. Validate(graph)];
        return errors.Count == 0 ? new ValidGraph(graph) : null;
    }

    /// <summary>The graph as a valid one.</summary>
    /// <param name="graph">The graph to check.</param>
    /// <exception cref="ArgumentException">It is not valid; the message says why.</exception>
    public static ValidGraph Require(Graph graph) => Validate(graph).FirstOrDefault() is { } error
        ? throw new ArgumentException($"The graph '{graph.Name}' is not valid: {error.Message}.", nameof(graph))
        : new ValidGraph(graph);

    /// <summary>The same for a graph whose operators have each been validated by themselves.</summary>
    internal static ValidGraph? TryValidateAround(Graph graph, out IReadOnlyList<ModelError> errors)
    {
        errors = [.. Validate(graph, _ => [])];
        return errors.Count == 0 ? new ValidGraph(graph) : null;
    }

    /// <summary>
    /// Operators in an order in which they can run, every tensor written once and before it is read, outputs that
    /// something writes, and types and shapes that fit.
    /// </summary>
    /// <param name="graph">The graph to check.</param>
    /// <returns>What is wrong, with positions where the graph was read from a file.</returns>
    public static IEnumerable<ModelError> Validate(Graph graph) => Validate(graph, OperatorErrors);

    /// <summary>
    /// What is wrong with an operator by itself: it checks what it computes with, not how a constant is stored.
    /// </summary>
    internal static IEnumerable<string> ErrorsOf(Operator op)
    {
        string[] wrong = [.. op.AttributeErrors()];
        return wrong.Length > 0 ? wrong : StoredConstants.Widen(op).Validate();
    }

    private static IEnumerable<ModelError> Validate(Graph graph, Func<Graph, IEnumerable<ModelError>> operatorErrors)
    {
        ModelError[] nesting = [.. SubgraphErrors.Of(graph)];
        if (nesting.Length > 0)
        {
            return nesting;
        }

        return graph.Operators.IsEmpty || graph.Inputs.IsEmpty || graph.Outputs.IsEmpty
            ? [Error(0, "a model needs at least one input, one output and one op")]
            : ErrorsOf(graph, operatorErrors).Concat(
                SubgraphErrors.All(graph).SelectMany(g => ErrorsOfSubgraph(g, operatorErrors)))
                .Concat(SharedStates.ErrorsOf(graph));
    }

    private static IEnumerable<ModelError> ErrorsOfSubgraph(
        Graph graph, Func<Graph, IEnumerable<ModelError>> operatorErrors) =>
        graph.Operators.IsEmpty || graph.Outputs.IsEmpty
            ? [Error(0, $"the subgraph '{graph.Name}' needs at least one output and one op")]
            : ErrorsOf(graph, operatorErrors).Select(e => new ModelError(
                e.Kind, e.Line, e.Column, e.Length, $"in the subgraph '{graph.Name}': {e.Message}"));

    private static IEnumerable<ModelError> ErrorsOf(Graph graph, Func<Graph, IEnumerable<ModelError>> operatorErrors)
    {

        ModelError[] beyond = [.. LimitErrors.Of(graph)];
        if (beyond.Length > 0)
        {
            return beyond;
        }

        List<ModelError> tensorErrors = TensorValidator.Validate(graph)
            .Select(e => Error(e.Tensor.Line, e.Message)).ToList();
        return tensorErrors.Count > 0
            ? tensorErrors
            : OrderErrors(graph)
                .Concat(operatorErrors(graph))
                .Concat(StateErrors.Of(graph))
                .Concat(LabelErrors(graph))
                .Concat(MetricErrors(graph));
    }

    private static IEnumerable<ModelError> OperatorErrors(Graph graph) => StoredConstants.Widen(graph).Operators
        .SelectMany(o => ErrorsOf(o).Select(message => Error(o.Line, $"{o.Kind}: {message}")));

    private static List<ModelError> OrderErrors(Graph graph)
    {
        var errors = new List<ModelError>();
        var ready = new HashSet<Tensor>();
        foreach (Tensor input in graph.Inputs)
        {
            if (input.IsConstant || input.IsVariable)
            {
                errors.Add(
                    Error(input.Line,
                        $"input '{input.Name}' {(input.IsConstant ? "has data" : "is variable")}; expected an "
                            + "activation"));
            }

            if (!ready.Add(input))
            {
                errors.Add(Error(input.Line, $"'{input.Name}' is an input twice"));
            }
        }

        foreach (Operator op in graph.Operators)
        {
            foreach (Tensor input in op.Inputs.Where(t => !t.IsConstant && !t.IsVariable && !ready.Contains(t)))
            {
                errors.Add(Error(op.Line, $"{op.Kind} reads '{input.Name}' before anything has written it; "
                    + "expected an input of the model or the output of an op above"));
            }

            foreach (Tensor output in op.Outputs)
            {
                if (output.IsVariable && op.WritesState)
                {
                    continue; // as often as the file says
                }

                if (output.IsConstant || output.IsVariable || !ready.Add(output))
                {
                    errors.Add(
                        Error(op.Line, $"{op.Kind} writes '{output.Name}', which is a constant, variable, an input or "
                        + "already written; expected a tensor of its own"));
                }
            }
        }

        var produced = new HashSet<Tensor>(graph.Operators.SelectMany(o => o.Outputs));
        var seen = new HashSet<Tensor>();
        foreach (Tensor output in graph.Outputs)
        {
            if (!produced.Contains(output))
            {
                errors.Add(Error(output.Line, $"output '{output.Name}' is written by no op"));
            }

            if (!seen.Add(output))
            {
                errors.Add(Error(output.Line, $"'{output.Name}' is an output twice"));
            }
        }

        return errors;
    }

    private static IEnumerable<ModelError> LabelErrors(Graph graph)
    {
        if (graph.Labels.IsEmpty)
        {
            yield break;
        }

        Tensor output = graph.Outputs[0];
        int classes = output.Shape.Length == 0 ? 1 : output.Shape[output.Shape.Length - 1];
        if (graph.Labels.Length != classes)
        {
            yield return Error(output.Line, $"there are {graph.Labels.Length} labels for output '{output.Name}' "
                + Invariant($"{output.ShapeText}; expected {classes}"));
        }

        for (int i = 0; i < graph.Labels.Length; i++)
        {
            if (!IsText(graph.Labels[i]))
            {
                yield return Error(output.Line, Invariant($"label {i} '{graph.Labels[i]}' has half of a character of ")
                    + "two UTF-16 units, which UTF-8 cannot hold; expected whole characters");
            }
        }
    }

    private static bool IsText(string label) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(label)) == label;

    private static IEnumerable<ModelError> MetricErrors(Graph graph) => graph.Metrics
        .Where(m => double.IsNaN(m.Value) || double.IsInfinity(m.Value) || m.Count < 0)
        .Select(m => Error(0, $"{m}: expected a finite value and a count of 0 or more"));

    private static ModelError Error(int line, string message) =>
        new(ModelErrorKind.Mismatch, Math.Max(0, line), 0, 1, message);
}
