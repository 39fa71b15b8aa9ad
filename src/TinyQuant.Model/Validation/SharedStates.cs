namespace TinyQuant.Model;

/// <summary>
/// Graphs that have a state of one name, the model's or those that operators run: it is one state.
/// </summary>
internal static class SharedStates
{
    /// <summary>
    /// What is wrong between graphs that a valid nesting has: what shares a state agrees on what it is.
    /// </summary>
    public static IEnumerable<ModelError> ErrorsOf(Graph graph)
    {
        HashSet<string> wrong = new(StringComparer.Ordinal);
        Dictionary<string, (Graph Graph, Tensor Tensor, string? Owner)> known = new(StringComparer.Ordinal);
        foreach (Graph current in SubgraphErrors.All(graph).Prepend(graph))
        {
            foreach ((Tensor tensor, Operator user) in GraphStates.OfOperators(current))
            {
                string? owner = user.SharesState ? null : Owner(user, tensor);
                if (!known.TryGetValue(tensor.Name, out (Graph Graph, Tensor Tensor, string? Owner) first))
                {
                    known.Add(tensor.Name, (current, tensor, owner));
                }
                else if (first.Graph != current
                    && !(AreAlike(first.Tensor, tensor) && first.Owner == owner) && wrong.Add(tensor.Name))
                {
                    yield return new(ModelErrorKind.Mismatch, Math.Max(0, user.Line), 0, 1,
                        $"{user.Kind} of '{current.Name}' has the state '{tensor}', and '{first.Graph.Name}' has "
                            + $"'{first.Tensor}', of the same name, which is one state; expected the same type, "
                            + "shape, scale and first value, and operators that are alike");
                }
            }
        }
    }

    /// <summary>What the state of one operator means, which another may have only where it means the same.</summary>
    private static string Owner(Operator op, Tensor state) =>
        Invariant($"{op.Kind} {op.Inputs.IndexOf(state)} ")
            + string.Join(" ", op.Attributes.Select(a => $"{a.Key}={a.Value}"));

    private static bool AreAlike(Tensor one, Tensor other) => one.Type == other.Type
        && one.Shape.SequenceEqual(other.Shape) && !Checks.SameQuantization(one, other).Any()
        && one.Data.HasValue == other.Data.HasValue
        && (one.Data is not { } data || data.SequenceEqual(other.Data!.Value));
}
