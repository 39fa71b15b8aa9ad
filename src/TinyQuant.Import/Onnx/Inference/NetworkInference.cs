using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;
using TinyQuant.Import.Onnx.Versions;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>
/// One walk in the order of computation: each node is brought to its newest form, says types and shapes of its outputs,
/// and is evaluated where all it reads is constant. Errors are collected; what follows from one is passed over.
/// </summary>
internal sealed class NetworkInference
{
    private readonly Network _network;
    private readonly ErrorCollection _errors;
    private readonly FoldingBudget _folding = new();
    private readonly ForeignValues _foreign = new();

    private NetworkInference(Network network, ErrorCollection errors)
    {
        _network = network;
        _errors = errors;
    }

    /// <summary>Infers and folds all; inputs have their types and shapes.</summary>
    /// <param name="network">The network.</param>
    /// <param name="areOutputsChosen">Whether the user has named the outputs, of which then none is left out.</param>
    /// <param name="errors">What is wrong.</param>
    /// <returns>False where there are errors.</returns>
    public static bool Run(Network network, bool areOutputsChosen, ErrorCollection errors)
    {
        var inference = new NetworkInference(network, errors);
        inference.Run();
        if (errors.IsEmpty)
        {
            inference._foreign.LeaveOut(network, areOutputsChosen, errors);
        }

        DeadNodes.Remove(network);
        ForeignValues.RemoveInputs(network);
        return errors.IsEmpty;
    }

    private void Run()
    {
        _foreign.AddInputs(_network);
        Node? previous = null;
        for (Node? node = _network.First; node is not null; node = previous is null ? _network.First : previous.Next)
        {
            if (_foreign.Spread(node) || !IsKnown(node) || !Try(node))
            {
                previous = node;
            }
        }
    }

    /// <summary>Whether all it reads is known; what is not has been told.</summary>
    private static bool IsKnown(Node node) =>
        node.Inputs.All(i => i is null || !i.Shape.IsDefault) && node.Captures.Values.All(v => !v.Shape.IsDefault);

    /// <summary>Whether it was taken out, for what is there in its place, or nothing.</summary>
    private bool Try(Node node)
    {
        try
        {
            if (OperatorVersions.Upgrade(_network, node) || ControlFlow.Replace(_network, node))
            {
                return true;
            }

            OperatorRule rule = OperatorRules.Of(node);
            Check(node, rule);
            rule.Infer(node);
            if (rule.Fold is not null && (rule.FoldsShapes || node.Inputs.All(i => i is null or { IsConstant: true })))
            {
                return Fold(node, rule);
            }

            CheckOutputs(node);
        }
        catch (Exception e) when (e is UnsupportedException or OverflowException)
        {
            _errors.Add(node.Error(e is OverflowException
                ? "it computes a number from constants that is more than an int64 holds"
                : e.Message));
            foreach (Value output in node.Outputs.OfType<Value>())
            {
                output.Shape = default;
            }
        }

        return false;
    }

    private bool Fold(Node node, OperatorRule rule)
    {
        if (!rule.IsView)
        {
            _folding.Charge(Elements(node.Outputs), rule.FoldsShapes ? 0 : Elements(node.Inputs));
        }

        if (rule.Fold!(node) is not { } folded)
        {
            CheckOutputs(node);
            return false;
        }

        for (int i = 0; i < node.Outputs.Count; i++)
        {
            node.Outputs[i]?.Become(folded[i]);
        }

        _network.Remove(node);
        return true;
    }

    private static long Elements(IEnumerable<Value?> values) => values.OfType<Value>().Sum(v => Shapes.Count(v.Shape));

    private static void Check(Node node, OperatorRule rule)
    {
        if (node.Inputs.Count > rule.MostInputs || node.Inputs.Take(rule.LeastInputs).Count(i => i is not null)
            < rule.LeastInputs)
        {
            throw new UnsupportedException(rule.LeastInputs == rule.MostInputs
                ? Invariant($"it has {node.Inputs.Count(i => i is not null)} inputs; expected {rule.LeastInputs}")
                : Invariant($"it has {node.Inputs.Count(i => i is not null)} inputs; expected {rule.LeastInputs} to ")
                    + Invariant($"{rule.MostInputs}"));
        }

        if (node.Outputs.Count > rule.MostOutputs)
        {
            throw new UnsupportedException(
                Invariant($"it has {node.Outputs.Count} outputs; expected at most {rule.MostOutputs}"));
        }

        if (node.Attributes.Names.FirstOrDefault(n => !rule.Attributes.Contains(n)) is { } unknown)
        {
            throw new UnsupportedException(
                $"it has an attribute '{Places.Shown(unknown)}', which is not known here; expected "
                    + (rule.Attributes.Length == 0 ? "none" : string.Join(", ", rule.Attributes)));
        }
    }

    private void CheckOutputs(Node node)
    {
        foreach (Value output in node.Outputs.OfType<Value>())
        {
            if (output.Shape.Contains(0))
            {
                throw new UnsupportedException(
                    $"its output is {output.TypeAndShape}, of no elements; expected sizes of at least 1");
            }

            if (ValueTypes.IsForeign(output.Type))
            {
                _foreign.Add(node, output);
            }
            else if (!ValueTypes.IsSupported(output.Type))
            {
                throw new UnsupportedException(
                    $"its output is of {output.Type.Word()}; expected {ValueTypes.Expected}");
            }
        }
    }
}
