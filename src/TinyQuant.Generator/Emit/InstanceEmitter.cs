namespace TinyQuant.Generator;

/// <summary>The instance over the static core, which brings the arena along.</summary>
internal static class InstanceEmitter
{
    public static void Emit(SourceWriter writer, LoweredModel model, TargetShape shape)
    {
        WriteArena(writer, model, shape);
        string memory = model.States.IsEmpty ? "Arena" : "ResetArena()";
        writer.Line("/// <summary>Runs the model in this instance's own memory. No allocation; one thread at a time.</summary>");
        foreach (CallerSpan span in model.CallerSpans)
        {
            writer.Line(span.Documentation);
        }
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A span has the wrong length.</exception>");
        writer.Line($"public void Run({string.Join(", ", model.CallerSpans.Select(s => s.Declaration))}) =>");
        writer.Line($"    Run({string.Join(", ", model.CallerSpans.Select(s => s.Name))}, {memory});").Line();
        if (!model.States.IsEmpty)
        {
            WriteReset(writer, shape.IsStruct);
        }
        if (model.Classify is null)
        {
            return;
        }
        foreach (ClassifyEmitter.Overload overload in ClassifyEmitter.Overloads(model))
        {
            ClassifyEmitter.WriteDocumentation(writer, overload, model.Classify);
            ClassifyEmitter.WriteReturns(writer, model.Graph);
            writer.Line("/// <exception cref=\"global::System.ArgumentException\">The span has the wrong length.</exception>");
            writer.Line($"public int Classify({TypeNames.ReadOnlySpan(overload.Element)} {overload.Name}) => Classify({overload.Name}, {memory});").Line();
        }
    }

    /// <summary>An instance is made of zeros, which need not be the state's real 0: the first run resets it.</summary>
    private static void WriteReset(SourceWriter writer, bool isStruct)
    {
        writer.Line("private bool _isReset;").Line();
        writer.Line("/// <summary>Sets the state of this instance to real 0, as before its first run.</summary>");
        writer.Open("public void Reset()");
        writer.Lines("Reset(Arena);", "_isReset = true;");
        writer.Close().Line();
        if (isStruct)
        {
            writer.Line("[global::System.Diagnostics.CodeAnalysis.UnscopedRef]");
        }
        writer.Open($"private {TypeNames.ByteSpan} ResetArena()");
        writer.Open("if (!_isReset)");
        writer.Line("Reset();");
        writer.Close();
        writer.Line("return Arena;");
        writer.Close().Line();
    }

    private static void WriteArena(SourceWriter writer, LoweredModel model, TargetShape shape)
    {
        if (!shape.IsStruct)
        {
            writer.Line($"private readonly byte[] _arena = new byte[{(model.InstanceBytes == 0 ? "1" : model.Classify is null ? "ArenaBytes" : "ClassifyArenaBytes")}];").Line();
            writer.Line($"private {TypeNames.ByteSpan} Arena => _arena;").Line();
            return;
        }
        const int word = sizeof(ulong);
        int words = Math.Max(1, (model.InstanceBytes + word - 1) / word);
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
