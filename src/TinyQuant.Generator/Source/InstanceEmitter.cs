namespace TinyQuant.Generator;

/// <summary>The instance over the static core, which brings the arena along.</summary>
internal static class InstanceEmitter
{
    public static void Emit(SourceWriter writer, LoweredModel model, TargetShape shape)
    {
        WriteArena(writer, model, shape);
        WriteFlag(writer);
        string memory = model.States.IsEmpty ? "Arena" : "ResetArena()";
        writer.Line("/// <summary>Runs the model in this instance's own memory. No allocation; one thread at a "
            + "time.</summary>");
        foreach (CallerSpan span in model.CallerSpans)
        {
            writer.Line(SpanParameter.Documentation(span));
        }

        writer.Line(RunEmitter.SpanException);
        RunEmitter.WriteReturns(writer, model);
        writer.OpenMember(
            $"public {BodyWriter.ReturnType(model.Calls)} Run({SpanParameter.Declarations(model.CallerSpans)})");
        WriteUse(writer, shape);
        string start = model.EndsRuns ? "return " : "";
        writer.Line($"{start}Run({string.Join(", ", model.CallerSpans.Select(s => s.Name))}, {memory});");
        writer.Close().Line();
        if (!model.States.IsEmpty)
        {
            WriteReset(writer, shape);
        }

        if (model.Classify is null)
        {
            return;
        }

        foreach (ClassifyEmitter.Overload overload in ClassifyEmitter.Overloads(model))
        {
            ClassifyEmitter.WriteDocumentation(writer, overload, model.Classify);
            ClassifyEmitter.WriteReturns(writer, model.Graph);
            writer.Line(
                "/// <exception cref=\"global::System.ArgumentException\">The span has the wrong length.</exception>");
            writer.OpenMember($"public int Classify({TypeNames.ReadOnlySpan(overload.Element)} {overload.Name})");
            WriteUse(writer, shape);
            writer.Line($"return Classify({overload.Name}, {memory});");
            writer.Close().Line();
        }
    }

    /// <summary>The flag of <see cref="WriteUse"/>: in debug builds of the program, and nowhere else.</summary>
    private static void WriteFlag(SourceWriter writer) => writer
        .Lines("#if DEBUG", "// Whether a call is in this instance: a second one gets an exception.")
        .Field("private int _isInUse;")
        .Line("#endif").Line();

    /// <summary>
    /// Before the one statement of a method that works in the instance's memory. The symbol is that of the program that
    /// is compiled: no other step of the generator need know how it is built.
    /// </summary>
    private static void WriteUse(SourceWriter writer, TargetShape shape) => writer.Lines(
        "#if DEBUG",
        $"using (new Kernels::InstanceUse(ref _isInUse, {Literals.String(shape.Name.TrimStart('@'))}))",
        "#endif");

    /// <summary>
    /// An instance is made of zeros, which need not be what the state begins with: the first run resets it.
    /// </summary>
    private static void WriteReset(SourceWriter writer, TargetShape shape)
    {
        writer.Field("private bool _isReset;").Line();
        writer.Line("/// <summary>Sets the state of this instance to what it begins with, as before its first run. One "
            + "thread at a time.</summary>");
        writer.OpenMember("public void Reset()");
        WriteUse(writer, shape);
        writer.Line("ResetState();");
        writer.Close().Line();
        writer.OpenMember("private void ResetState()");
        writer.Lines("Reset(Arena);", "_isReset = true;");
        writer.Close().Line();
        if (shape.IsStruct)
        {
            writer.Line("[global::System.Diagnostics.CodeAnalysis.UnscopedRef]");
        }

        writer.OpenMember($"private {TypeNames.ByteSpan} ResetArena()");
        writer.Open("if (!_isReset)");
        writer.Line("ResetState();");
        writer.Close();
        writer.Line("return Arena;");
        writer.Close().Line();
    }

    private static void WriteArena(SourceWriter writer, LoweredModel model, TargetShape shape)
    {
        if (!shape.IsStruct)
        {
            writer.Field(
                $"private readonly byte[] _arena = new "
                    + $"byte[{(model.InstanceBytes == 0 ? "1" : model.Classify is null ? "ArenaBytes" : "ClassifyArenaBytes")}];").Line();
            writer.Member($"private {TypeNames.ByteSpan} Arena => _arena;").Line();
            return;
        }

        const int word = sizeof(ulong);
        int words = Math.Max(1, (model.InstanceBytes + word - 1) / word);
        writer.Field("private ArenaMemory _arena;").Line();
        writer.Line("[global::System.Diagnostics.CodeAnalysis.UnscopedRef]");
        writer.Member($"private {TypeNames.ByteSpan} Arena =>");
        writer.Line("    global::System.Runtime.InteropServices.MemoryMarshal.AsBytes((global::System.Span<ulong>)_arena);").Line();
        writer.Line($"[global::System.Runtime.CompilerServices.InlineArray({Literals.Integer(words)})]");
        // Without the attributes of the other members: a native program keeps those of a type that it has objects of.
        writer.Open("private struct ArenaMemory");
        writer.Line("private ulong _word;");
        writer.Close().Line();
    }
}
