using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>A graph that an operator runs, as a method of the generated type.</summary>
/// <param name="Method">The method: inputs, outputs, the model's arena where it keeps state, then its own.</param>
/// <param name="ArenaBytes">What it needs of the arena.</param>
/// <param name="KeepsState">Whether it has variable tensors, or runs graphs that have.</param>
/// <param name="EndsRuns">Whether a run may end in it.</param>
internal sealed record LoweredSubgraph(string Method, int ArenaBytes, bool KeepsState, bool EndsRuns)
{
    /// <summary>Where the parts of an arena may begin, in bytes; what kernels like.</summary>
    private const int Alignment = 16;

    /// <summary>Lowers a graph; its constants and code count for the operator that is being lowered.</summary>
    /// <exception cref="UnsupportedModelException">It needs what this version does not have.</exception>
    public static LoweredSubgraph Lower(Graph graph, LoweringContext context)
    {
        Graph widened = StoredConstants.Widen(graph) with { Rounding = context.Graph.Rounding };
        LoweringContext inner = context.ForSubgraph(widened);
        ImmutableArray<KernelCall> calls = OperatorLowering.Lower(inner);
        ArenaPlan plan = ArenaPlan.Of(graph.Name, inner.Regions, inner.Cancellation);
        bool keepsState = graph.States.Any();
        var method = new SubgraphMethod(
            context.Names.Constant(graph.Name), $"The subgraph {Literals.Comment(graph.Name)}.",
            [.. inner.CallerSpans.Select(s => (SpanParameter.Declaration(s), s.Name)),
                .. ControlParameters.Memory(keepsState)], calls, []);
        context.AddMethod(method);
        return new LoweredSubgraph(method.Name, plan.ArenaBytes, keepsState, method.EndsRuns);
    }

    /// <summary>A call of the method, as a line of C#; where a run may end in it, so does the caller.</summary>
    public string Call(IEnumerable<string> inputs, IEnumerable<string> outputs, string arena)
    {
        string[] state = KeepsState ? [SubgraphMethod.State] : [];
        string call = $"{Method}({string.Join(", ", [.. inputs, .. outputs, .. state, arena])})";
        return EndsRuns ? $"if (!{call}) return false;" : call + ";";
    }

    /// <summary>Bytes up to where the next part may begin.</summary>
    public static long Aligned(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;
}
