using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>A graph that an operator runs, as a method of the generated type.</summary>
/// <param name="Method">The method: inputs, outputs, then the arena.</param>
/// <param name="ArenaBytes">What it needs of the arena.</param>
internal sealed record LoweredSubgraph(string Method, int ArenaBytes)
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
        string name = context.Names.Constant(graph.Name);
        context.AddMethod(new SubgraphMethod(
            name, $"The subgraph {Literals.Comment(graph.Name)}.",
            [.. inner.CallerSpans.Select(s => (SpanParameter.Declaration(s), s.Name)), Arena], calls, []));
        return new LoweredSubgraph(name, plan.ArenaBytes);
    }

    /// <summary>The last parameter of every such method.</summary>
    public static (string Declaration, string Name) Arena => ($"{TypeNames.ByteSpan} arena", "arena");

    /// <summary>A call of the method, as a line of C#.</summary>
    public string Call(IEnumerable<string> inputs, IEnumerable<string> outputs, string arena) =>
        $"{Method}({string.Join(", ", [.. inputs, .. outputs, arena])});";

    /// <summary>Bytes up to where the next part may begin.</summary>
    public static long Aligned(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;
}
