using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>The static core: <c>Run</c> over memory from anywhere.</summary>
internal static class RunEmitter
{
    public static void Emit(SourceWriter writer, LoweredModel model)
    {
        Graph graph = model.Graph;
        writer.Lines(
            "/// <summary>Runs the model in memory of the caller's. No allocation; safe from any thread with memory of its own.</summary>");
        foreach (string line in Parameters(graph).Select(p => p.Documentation))
        {
            writer.Line(line);
        }
        writer.Lines(
            "/// <param name=\"arena\">At least <see cref=\"ArenaBytes\"/> bytes; need not be cleared, and may be shared between runs that do not overlap.</param>",
            "/// <exception cref=\"global::System.ArgumentException\">A span has the wrong length.</exception>");
        writer.Open($"public static void Run({string.Join(", ", Parameters(graph).Select(p => p.Declaration))}, {TypeNames.ByteSpan} arena)");
        WriteGuards(writer, graph);
        var calls = new CallWriter(writer, []);
        if (SplitsLastLayer(model))
        {
            writer.Line("RunLayers(input, arena);");
            calls.Write(model.Calls[model.Calls.Length - 1]);
        }
        else
        {
            foreach (KernelCall call in model.Calls)
            {
                calls.Write(call);
            }
        }
        writer.Close().Line();
        if (SplitsLastLayer(model))
        {
            WriteLayers(writer, model);
        }
    }

    /// <summary>
    /// Where <c>Classify</c> ends in another call than <c>Run</c> does, what comes before stands once, in RunLayers.
    /// </summary>
    public static bool SplitsLastLayer(LoweredModel model) => model.Classify?.Last is not null && model.Calls.Length > 1;

    /// <summary>The spans that <c>Run</c> takes besides the arena.</summary>
    public static IEnumerable<(string Name, string Declaration, string Documentation, string LengthConstant)> Parameters(Graph graph)
    {
        var names = new LoweringContext(graph, "");
        for (int i = 0; i < graph.Inputs.Length; i++)
        {
            yield return Parameter(graph.Inputs, i, "Input", names, TypeNames.ReadOnlySpan(graph.Inputs[i].Type));
        }
        for (int i = 0; i < graph.Outputs.Length; i++)
        {
            yield return Parameter(graph.Outputs, i, "Output", names, TypeNames.Span(graph.Outputs[i].Type));
        }
    }

    private static (string, string, string, string) Parameter(
        IReadOnlyList<Tensor> tensors, int index, string alone, LoweringContext names, string type)
    {
        string name = names.Span(tensors[index]);
        string documentation = $"/// <param name=\"{name}\">{Literals.Comment(CodeEmitter.Describe(tensors[index]))}.</param>";
        return (name, $"{type} {name}", documentation, PropertiesEmitter.Prefix(tensors, index, alone) + "Length");
    }

    private static void WriteGuards(SourceWriter writer, Graph graph)
    {
        foreach ((string name, _, _, string length) in Parameters(graph))
        {
            WriteLengthGuard(writer, name, length);
        }
        WriteArenaGuard(writer);
    }

    public static void WriteLengthGuard(SourceWriter writer, string name, string length) =>
        writer.Line($"Kernels::Guard.Length({name}.Length, {length}, nameof({name}));");

    public static void WriteArenaGuard(SourceWriter writer) =>
        writer.Line("Kernels::Guard.Arena(arena.Length, ArenaBytes, nameof(arena));");

    private static void WriteLayers(SourceWriter writer, LoweredModel model)
    {
        writer.Line("/// <summary>All layers but the last.</summary>");
        writer.Open($"private static void RunLayers({TypeNames.ReadOnlySpan(model.Graph.Inputs[0].Type)} input, {TypeNames.ByteSpan} arena)");
        var calls = new CallWriter(writer, []);
        foreach (KernelCall call in model.Calls.Take(model.Calls.Length - 1))
        {
            calls.Write(call);
        }
        writer.Close().Line();
    }
}
