using System.Collections.Immutable;
using TinyQuant.Import.Source;

namespace TinyQuant.Import.Mapping;

/// <summary>Which operators compute something that an output needs.</summary>
internal static class Liveness
{
    /// <summary>
    /// Those, in order. One without outputs, or that writes variables, has an effect of its own and is kept; so is one
    /// whose subgraphs do.
    /// </summary>
    public static ImmutableArray<OperatorOutcome> Of(SourceModel model, ImmutableArray<OperatorOutcome> operators)
    {
        var needed = new HashSet<int>(model.Outputs);
        var live = new Stack<OperatorOutcome>();
        foreach (OperatorOutcome outcome in operators.Reverse().Where(o => !o.IsFolded))
        {
            if (outcome.Operator.Outputs.IsEmpty || outcome.Operator.WritesVariables || outcome.Operator.HasEffect
                || outcome.Operator.Outputs.Any(needed.Contains))
            {
                needed.UnionWith(outcome.Needs);
                live.Push(outcome);
            }
        }

        return [.. live];
    }
}
