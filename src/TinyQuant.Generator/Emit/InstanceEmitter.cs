namespace TinyQuant.Generator;

/// <summary>The instance over the static core, which brings the arena along.</summary>
internal static class InstanceEmitter
{
    public static void Emit(SourceWriter writer, LoweredModel model, TargetShape shape)
    {
        WriteArena(writer, model, shape);
        writer.Line("/// <summary>Runs the model in this instance's own memory. No allocation; one thread at a time.</summary>");
        foreach (CallerSpan span in model.CallerSpans)
        {
            writer.Line(span.Documentation);
        }
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A span has the wrong length.</exception>");
        writer.Line($"public void Run({string.Join(", ", model.CallerSpans.Select(s => s.Declaration))}) =>");
        writer.Line($"    Run({string.Join(", ", model.CallerSpans.Select(s => s.Name))}, Arena);").Line();
        if (model.Classify is null)
        {
            return;
        }
        foreach (ClassifyEmitter.Overload overload in ClassifyEmitter.Overloads(model))
        {
            ClassifyEmitter.WriteDocumentation(writer, overload, model.Classify);
            writer.Line("/// <exception cref=\"global::System.ArgumentException\">The span has the wrong length.</exception>");
            writer.Line($"public int Classify({TypeNames.ReadOnlySpan(overload.Element)} {overload.Name}) => Classify({overload.Name}, Arena);").Line();
        }
    }

    private static void WriteArena(SourceWriter writer, LoweredModel model, TargetShape shape)
    {
        if (!shape.IsStruct)
        {
            writer.Line($"private readonly byte[] _arena = new byte[{(model.ArenaBytes == 0 ? "1" : "ArenaBytes")}];").Line();
            writer.Line($"private {TypeNames.ByteSpan} Arena => _arena;").Line();
            return;
        }
        const int word = sizeof(ulong);
        int words = Math.Max(1, (model.ArenaBytes + word - 1) / word);
        writer.Line("private ArenaMemory _arena;").Line();
        writer.Line("[global::System.Diagnostics.CodeAnalysis.UnscopedRef]");
        writer.Line($"private {TypeNames.ByteSpan} Arena =>");
        writer.Line("    global::System.Runtime.InteropServices.MemoryMarshal.AsBytes((global::System.Span<ulong>)_arena);").Line();
        writer.Line($"[global::System.Runtime.CompilerServices.InlineArray({Literals.Integer(words)})]");
        writer.Open("private struct ArenaMemory");
        writer.Line("private ulong _word;");
        writer.Close().Line();
    }
}
