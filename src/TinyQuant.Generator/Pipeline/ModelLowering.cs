using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>From the graph to constants, memory and calls.</summary>
internal static class ModelLowering
{
    /// <exception cref="UnsupportedModelException">The model needs what this version does not have.</exception>
    public static LoweredModel Lower(ValidGraph valid, NameTable names, CancellationToken cancellation)
    {
        Graph graph = StoredConstants.Widen(valid).Graph;
        var context = new LoweringContext(graph, names, cancellation);
        ImmutableArray<KernelCall> calls = OperatorLowering.Lower(context);
        ImmutableArray<StateTensor> states = [.. context.States()];
        ClassifyPlan? classify = ClassifyLowering.Plan(context, calls);
        ArenaPlan plan = ArenaPlan.Of(graph.Name, context.Regions, cancellation);
        return new LoweredModel(
            graph, [.. context.CallerSpans], calls, [.. context.Methods], [.. context.Constants],
            [.. context.Buffers], states, context.Spans, classify, plan);
    }
}
