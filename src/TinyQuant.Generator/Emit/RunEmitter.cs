namespace TinyQuant.Generator;

/// <summary>The static core: <c>Run</c> over memory from anywhere.</summary>
internal static class RunEmitter
{
    public static void Emit(SourceWriter writer, LoweredModel model)
    {
        writer.Line("/// <summary>Runs the model in memory of the caller's. No allocation; safe from any thread with memory of its own.</summary>");
        foreach (CallerSpan span in model.CallerSpans)
        {
            writer.Line(span.Documentation);
        }
        writer.Lines(
            "/// <param name=\"arena\">At least <see cref=\"ArenaBytes\"/> bytes; need not be cleared, and may be shared between runs that do not overlap.</param>",
            "/// <exception cref=\"global::System.ArgumentException\">A span has the wrong length.</exception>");
        writer.Open($"public static void Run({string.Join(", ", model.CallerSpans.Select(s => s.Declaration))}, {TypeNames.ByteSpan} arena)");
        foreach (CallerSpan span in model.CallerSpans)
        {
            WriteLengthGuard(writer, span.Name, span.LengthConstant);
        }
        WriteArenaGuard(writer);
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

    public static void WriteLengthGuard(SourceWriter writer, string name, string length) =>
        writer.Line($"Kernels::Guard.Length({name}.Length, {length}, nameof({name}));");

    public static void WriteArenaGuard(SourceWriter writer) =>
        writer.Line("Kernels::Guard.Arena(arena.Length, ArenaBytes, nameof(arena));");

    private static void WriteLayers(SourceWriter writer, LoweredModel model)
    {
        writer.Line("// All layers but the last, which Run and Classify end in different ways.");
        writer.Open($"private static void RunLayers({TypeNames.ReadOnlySpan(model.Graph.Inputs[0].Type)} input, {TypeNames.ByteSpan} arena)");
        var calls = new CallWriter(writer, []);
        foreach (KernelCall call in model.Calls.Take(model.Calls.Length - 1))
        {
            calls.Write(call);
        }
        writer.Close().Line();
    }
}
