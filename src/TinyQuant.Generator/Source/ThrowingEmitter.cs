using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// The public surface of a model that could not be generated, with bodies that throw: the TQ error is then the only
/// one that the build shows, and not a hundred missing members.
/// </summary>
internal static class ThrowingEmitter
{
    private const string Throw =
        "=> throw new global::System.InvalidOperationException(\"The model of this type has errors; see the TQ diagnostics of the build.\");";

    public static string Emit(TargetShape shape, Graph? graph) => TypeFrame.Write(shape, [], writer =>
    {
        Member(writer, "public const string ModelName = \"\";");
        foreach (string name in new[] { "WeightBytes", "BakedBytes", "ArenaBytes", "ScratchBytes", "StateBytes", "ClassifyArenaBytes", "LabelCount" })
        {
            Member(writer, $"public const int {name} = 0;");
        }
        Member(writer, "public const long Macs = 0;");
        IReadOnlyList<CallerSpan> spans = graph is null ? [] : CallerSpans.Of(graph, NameTable.ForType(shape));
        foreach (string prefix in graph is null ? ["Input", "Output"] : spans.Select(s => s.Prefix))
        {
            Member(writer, $"public const int {prefix}Length = 0;");
            Member(writer, $"public const float {prefix}Scale = 1f;");
            Member(writer, $"public const int {prefix}ZeroPoint = 0;");
        }
        Member(writer, $"public static {TypeNames.ReadOnlySpan("byte")} GetLabel(int index) {Throw}");
        foreach (string run in graph is null ? AnyRun() : [SpanParameter.Declarations(spans)])
        {
            Member(writer, $"public static void Run({run}, {TypeNames.ByteSpan} arena) {Throw}");
            Member(writer, $"public void Run({run}) {Throw}");
        }
        Member(writer, $"public static void Reset({TypeNames.ByteSpan} arena) {Throw}");
        Member(writer, $"public void Reset() {Throw}");
        foreach (string element in new[] { "sbyte", "byte", "float" })
        {
            Member(writer, $"public static int Classify({TypeNames.ReadOnlySpan(element)} input, {TypeNames.ByteSpan} arena) {Throw}");
            Member(writer, $"public int Classify({TypeNames.ReadOnlySpan(element)} input) {Throw}");
        }
    });

    private static void Member(SourceWriter writer, string member)
    {
        writer.Line("/// <summary>Not known yet: the model has errors, which the build lists.</summary>");
        writer.Line(member);
    }

    /// <summary>Of a model that cannot be read nothing is known, so every form of one input and one output is there.</summary>
    private static IEnumerable<string> AnyRun() =>
        from input in new[] { "sbyte", "float" }
        from output in new[] { "sbyte", "float" }
        select $"{TypeNames.ReadOnlySpan(input)} input, global::System.Span<{output}> output";
}
