namespace TinyQuant.Model;

/// <summary>State is taken as such, by one operator or by those that share it.</summary>
internal static class StateErrors
{
    public static IEnumerable<ModelError> Of(Graph graph)
    {
        var owned = new HashSet<Tensor>();
        var shared = new HashSet<Tensor>();
        foreach (Operator op in graph.Operators)
        {
            foreach (string message in Written(op, owned).Concat(Taken(op, owned, shared)))
            {
                yield return new(ModelErrorKind.Mismatch, Math.Max(0, op.Line), 0, 1, $"{op.Kind} {message}");
            }

            shared.UnionWith(op.Outputs.Where(_ => op.WritesState));
        }
    }

    private static IEnumerable<string> Written(Operator op, HashSet<Tensor> owned)
    {
        foreach (Tensor output in op.Outputs.Where(_ => op.WritesState))
        {
            if (!output.IsVariable)
            {
                yield return $"writes '{output.Name}'; expected a variable tensor";
            }
            else if (owned.Contains(output))
            {
                yield return $"writes '{output.Name}', which is the state of another operator; expected a variable "
                    + "tensor of its own";
            }
        }
    }

    private static IEnumerable<string> Taken(Operator op, HashSet<Tensor> owned, HashSet<Tensor> shared)
    {
        for (int i = 0; i < op.Inputs.Length; i++)
        {
            Tensor input = op.Inputs[i];
            bool isState = op.StateInputs.Contains(i);
            if (input.IsVariable != isState)
            {
                yield return $"takes '{input.Name}' as " + (isState
                    ? "state; expected a variable tensor"
                    : "an input; a variable tensor is the state of an operator");
            }
            else if (isState && op.SharesState && !owned.Contains(input))
            {
                shared.Add(input);
            }
            else if (isState && (shared.Contains(input) || !owned.Add(input)))
            {
                yield return $"takes '{input.Name}' as state, which another operator has; expected a tensor of its own";
            }
        }
    }
}
