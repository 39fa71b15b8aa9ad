using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// The public surface of a model that could not be generated, with bodies that throw: the TQ error is then the only
/// one that the build shows, and not a hundred missing members.
/// </summary>
internal static class ThrowingEmitter
{
    private const string Throw =
        "=> throw new global::System.InvalidOperationException(\"The model of this type has errors; see the TQ "
            + "diagnostics of the build.\");";

    private const string NotKnown = "/// <summary>Not known yet: the model has errors, which the build "
        + "lists.</summary>";

    public static string Emit(TargetShape shape, Graph? graph) => TypeFrame.Write(shape, [], writer =>
    {
        Constant(writer, "string ModelName = \"\"");
        foreach (string name in new[] { "WeightBytes", "BakedBytes", "ArenaBytes", "ScratchBytes", "StateBytes",
            "ClassifyArenaBytes", "LabelCount" })
        {
            Constant(writer, $"int {name} = 0");
        }

        Constant(writer, "long Macs = 0");
        IReadOnlyList<CallerSpan> spans = graph is null ? [] : CallerSpans.Of(graph, NameTable.ForType(shape));
        foreach (string prefix in graph is null ? ["Input", "Output"] : spans.Select(s => s.Prefix))
        {
            Constant(writer, $"int {prefix}Length = 0");
            Constant(writer, $"float {prefix}Scale = 1f");
            Constant(writer, $"int {prefix}ZeroPoint = 0");
        }

        Member(writer, $"public static {TypeNames.ReadOnlySpan("byte")} GetLabel(int index)");
        string result = graph is not null && graph.Operators.Any(o => o.EndsRuns) ? "bool" : "void";
        foreach (string run in graph is null ? AnyRun() : [SpanParameter.Declarations(spans)])
        {
            Member(writer, $"public static {result} Run({run}, {TypeNames.ByteSpan} arena)");
            Member(writer, $"public {result} Run({run})");
        }

        Member(writer, $"public static void Reset({TypeNames.ByteSpan} arena)");
        Member(writer, $"public void Reset()");
        foreach (string element in new[] { "sbyte", "byte", "float" })
        {
            Member(writer,
                $"public static int Classify({TypeNames.ReadOnlySpan(element)} input, {TypeNames.ByteSpan} arena)");
            Member(writer, $"public int Classify({TypeNames.ReadOnlySpan(element)} input)");
        }
    });

    private static void Constant(SourceWriter writer, string declaration) =>
        writer.Line(NotKnown).Field($"public const {declaration};");

    private static void Member(SourceWriter writer, string declaration) =>
        writer.Line(NotKnown).Member($"{declaration} {Throw}");

    /// <summary>
    /// Of a model that cannot be read nothing is known, so every form of one input and one output is there.
    /// </summary>
    private static IEnumerable<string> AnyRun() =>
        from input in new[] { "sbyte", "float" }
        from output in new[] { "sbyte", "float" }
        select $"{TypeNames.ReadOnlySpan(input)} input, global::System.Span<{output}> output";
}
