using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>From the graph to constants, memory and calls.</summary>
internal static class ModelLowering
{
    /// <exception cref="UnsupportedModelException">The model needs what this version does not have.</exception>
    public static LoweredModel Lower(Graph graph, string typeName, CancellationToken cancellation)
    {
        var context = new LoweringContext(graph, typeName);
        ImmutableArray<KernelCall>.Builder calls = ImmutableArray.CreateBuilder<KernelCall>();
        for (int i = 0; i < graph.Operators.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            context.OperatorIndex = i;
            calls.Add(OperatorEmitters.For(graph.Operators[i]).Lower(graph.Operators[i], i, context));
        }
        ClassifyPlan? classify = ClassifyLowering.Plan(context, calls);
        MemoryPlan plan = Place(graph, context.Buffers);
        return new LoweredModel(
            graph, [.. context.CallerSpans], calls.ToImmutable(), [.. context.Constants], [.. context.Buffers], classify, plan.ArenaBytes, plan.LowerBound);
    }

    private static MemoryPlan Place(Graph graph, IReadOnlyList<ArenaBuffer> buffers)
    {
        // Operator indexes start at -1 here: the caller's input is quantized before the first operator.
        BufferRequest[] requests = [.. buffers.Select(b => new BufferRequest(b.Identifier, b.Bytes, b.FirstUse + 1, b.LastUse + 1))];
        if (!MemoryPlanner.TryPlan(requests, out MemoryPlan? plan))
        {
            throw new UnsupportedModelException(0, $"the activations of '{graph.Name}' need an arena of more than {int.MaxValue} bytes");
        }
        for (int i = 0; i < buffers.Count; i++)
        {
            buffers[i].Offset = plan.Offsets[i];
        }
        return plan;
    }
}
