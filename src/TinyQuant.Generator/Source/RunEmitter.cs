namespace TinyQuant.Generator;

/// <summary>The static core: <c>Run</c> over memory from anywhere.</summary>
internal static class RunEmitter
{
    /// <summary>What a method over several spans of the caller's throws.</summary>
    public const string SpanException =
        "/// <exception cref=\"global::System.ArgumentException\">A span has the wrong length, or two overlap in "
            + "memory.</exception>";

    private const string MemoryMarshalName = "global::System.Runtime.InteropServices.MemoryMarshal";

    public static void Emit(SourceWriter writer, LoweredModel model, bool tracesLayers)
    {
        if (tracesLayers)
        {
            writer.Line(
                "/// <summary>Told of each tensor that Run computes: the operator, its output, the bytes.</summary>");
            writer.Member("public static global::System.Action<int, int, byte[]>? LayerTrace { get; set; }").Line();
            writer.Line(
                "/// <summary>Told of each operator of Run as soon as it is done, with -1 before the first.</summary>");
            writer.Member("public static global::System.Action<int>? LayerDone { get; set; }").Line();
        }

        LoweredModel? traced = tracesLayers ? model : null;
        writer.Line("/// <summary>Runs the model in memory of the caller's. No allocation; safe from any thread with "
            + "memory of its own.</summary>");
        foreach (CallerSpan span in model.CallerSpans)
        {
            writer.Line(SpanParameter.Documentation(span));
        }

        writer.Lines(
            model.States.IsEmpty
                ? "/// <param name=\"arena\">At least <see cref=\"ArenaBytes\"/> bytes; need not be cleared, and may "
                    + "be shared between runs that do not overlap.</param>"
                : "/// <param name=\"arena\">At least <see cref=\"ArenaBytes\"/> bytes, the first <see "
                    + "cref=\"StateBytes\"/> of which are kept from run to run; call Reset before the first.</param>",
            SpanException);
        WriteReturns(writer, model);
        writer.OpenMember(
            $"public static {BodyWriter.ReturnType(model.Calls)} "
                + $"Run({SpanParameter.Declarations(model.CallerSpans)}, {TypeNames.ByteSpan} arena)");
        foreach (CallerSpan span in model.CallerSpans)
        {
            WriteLengthGuard(writer, span.Name, span.LengthConstant);
        }

        WriteArenaGuard(writer, "ArenaBytes");
        WriteOverlapGuards(writer, model);
        if (tracesLayers)
        {
            writer.Line("LayerDone?.Invoke(-1);");
        }

        var body = new BodyWriter(writer, traced);
        if (SplitsLastLayer(model))
        {
            writer.Line("RunLayers(input, arena);");
            new CallWriter(writer, traced).Write(model.Calls[model.Calls.Length - 1]);
        }
        else if (HasCore(model))
        {
            writer.Line("RunCore(input, output, arena);");
        }
        else
        {
            body.Write("Run", Parameters(model.CallerSpans), model.Calls);
        }

        writer.Close().Line();
        body.WriteParts();
        if (SplitsLastLayer(model))
        {
            WriteLayers(writer, model, traced);
        }
        else if (HasCore(model))
        {
            WriteCore(writer, model, traced);
        }

        SubgraphEmitter.Emit(writer, model);
        if (!model.States.IsEmpty)
        {
            WriteReset(writer, model);
        }
    }

    /// <summary>What a run says that may end without outputs.</summary>
    public static void WriteReturns(SourceWriter writer, LoweredModel model)
    {
        if (model.EndsRuns)
        {
            writer.Line("/// <returns>Whether there are outputs; false where this run only went into the state, and "
                + "outputs are not to be read.</returns>");
        }
    }

    /// <summary>
    /// Where <c>Classify</c> ends in another call than <c>Run</c> does, what comes before stands once, in RunLayers.
    /// </summary>
    public static bool SplitsLastLayer(LoweredModel model) =>
        model.Classify?.Last is not null && model.Calls.Length > 1;

    /// <summary>
    /// Where <c>Classify</c> takes the scores themselves, they lie in the arena, which <c>Run</c> would refuse: what
    /// comes behind its checks stands apart, in RunCore.
    /// </summary>
    private static bool HasCore(LoweredModel model) => model.Classify is { Last: null };

    public static void WriteLengthGuard(SourceWriter writer, string name, string length) =>
        writer.Line($"Kernels::ModelGuard.Length({name}.Length, {length}, \"{name}\");");

    public static void WriteArenaGuard(SourceWriter writer, string needed) =>
        writer.Line($"Kernels::ModelGuard.Arena(arena.Length, {needed}, \"arena\");");

    /// <summary>A span of the caller's shares no memory with the part of the arena that is used.</summary>
    public static void WriteArenaOverlapGuard(SourceWriter writer, string name, int bytes, string constant)
    {
        if (bytes > 0)
        {
            writer.Line($"Kernels::ModelGuard.Apart({name}, arena.Slice(0, {constant}), \"{name}\", \"arena\");");
        }
    }

    /// <summary>What is written shares no memory with anything else; inputs may with each other.</summary>
    private static void WriteOverlapGuards(SourceWriter writer, LoweredModel model)
    {
        CallerSpan[] outputs = [.. model.CallerSpans.Where(s => !s.IsInput)];
        for (int i = 0; i < outputs.Length; i++)
        {
            foreach (CallerSpan other in model.CallerSpans.Where(s => s.IsInput).Concat(outputs.Take(i)))
            {
                writer.Line(
                    $"Kernels::ModelGuard.Apart({other.Name}, {outputs[i].Name}, \"{other.Name}\", "
                        + $"\"{outputs[i].Name}\");");
            }
        }

        foreach (CallerSpan span in model.CallerSpans)
        {
            WriteArenaOverlapGuard(writer, span.Name, model.Arena.ArenaBytes, "ArenaBytes");
        }
    }

    private static void WriteReset(SourceWriter writer, LoweredModel model)
    {
        writer.Lines(
            "/// <summary>Sets the state in the arena to what it begins with, as before the first run.</summary>",
            "/// <param name=\"arena\">At least <see cref=\"ArenaBytes\"/> bytes.</param>",
            "/// <exception cref=\"global::System.ArgumentException\">The arena is too small.</exception>");
        writer.OpenMember($"public static void Reset({TypeNames.ByteSpan} arena)");
        WriteArenaGuard(writer, "ArenaBytes");
        foreach (StateTensor state in model.States)
        {
            string place = Invariant($"{Literals.Integer(state.Buffer.Offset)}, ")
                + Invariant($"{Literals.Integer(state.Buffer.Bytes)}");
            string set = state.Initial is { } initial
                ? $"{MemoryMarshalName}.AsBytes({initial}).CopyTo(arena.Slice({place}))"
                : Invariant($"arena.Slice({place}).Fill({state.Fill})");
            writer.Line($"{set}; // {Literals.Comment(state.Tensor.ToString())}");
        }

        writer.Close().Line();
    }

    private static void WriteLayers(SourceWriter writer, LoweredModel model, LoweredModel? traced)
    {
        writer.Line("// All layers but the last, which Run and Classify end in different ways.");
        (string, string)[] parameters = Parameters(model.CallerSpans.Where(s => s.IsInput));
        WriteMethod(writer, traced, "RunLayers", parameters, [.. model.Calls.Take(model.Calls.Length - 1)]);
    }

    private static void WriteCore(SourceWriter writer, LoweredModel model, LoweredModel? traced)
    {
        writer.Line("// Run without its checks: Classify has the scores in the arena, and may have the codes of the "
            + "input there.");
        WriteMethod(writer, traced, "RunCore", Parameters(model.CallerSpans), model.Calls);
    }

    private static void WriteMethod(
        SourceWriter writer, LoweredModel? traced, string name, (string Declaration, string Name)[] parameters,
        IReadOnlyList<KernelCall> calls)
    {
        var body = new BodyWriter(writer, traced);
        writer.OpenMember($"private static void {name}({string.Join(", ", parameters.Select(p => p.Declaration))})");
        body.Write(name, parameters, calls);
        writer.Close().Line();
        body.WriteParts();
    }

    private static (string Declaration, string Name)[] Parameters(IEnumerable<CallerSpan> spans) =>
        [.. spans.Select(s => (SpanParameter.Declaration(s), s.Name)), ($"{TypeNames.ByteSpan} arena", "arena")];
}
