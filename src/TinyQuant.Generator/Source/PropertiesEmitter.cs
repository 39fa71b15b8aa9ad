using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>What is known of the model before it runs: constants, and its labels.</summary>
internal static class PropertiesEmitter
{
    public static void Emit(SourceWriter writer, LoweredModel model)
    {
        Constant(writer, "The model's name.", "string", "ModelName", Literals.String(model.Graph.Name));
        Constant(writer, "Bytes of weights and biases, as the model file holds them.", "int", "WeightBytes",
            Literals.Integer(model.WeightBytes));
        Constant(writer, "Bytes of all constants in the program: packed weights, folded biases, multipliers, tables.",
            "int", "BakedBytes", Literals.Integer(model.BakedBytes));
        Constant(writer, "Bytes of memory that a run needs besides the caller's input and output.", "int", "ArenaBytes",
            Literals.Integer(model.Arena.ArenaBytes));
        Constant(writer, "Of these, what kernels need while they run, besides tensors.", "int", "ScratchBytes",
            Literals.Integer(model.Arena.ScratchBytes));
        if (!model.States.IsEmpty)
        {
            Constant(writer, "Of these, state that is kept from run to run; it lies at the arena's start.", "int",
                "StateBytes", Literals.Integer(model.Arena.StateBytes));
        }

        if (model.Classify is not null)
        {
            Constant(writer,
                "Bytes of memory that Classify needs: the arena of a run, and room for scores and for codes of the "
                    + "input.", "int", "ClassifyArenaBytes", Literals.Integer(model.Arena.ClassifyArenaBytes));
        }

        Constant(writer, "Multiply-accumulate operations of one run.", "long", "Macs",
            Literals.Integer(model.Graph.Macs));
        foreach (CallerSpan span in model.CallerSpans)
        {
            Span(writer, span);
        }

        Labels(writer, model.Graph);
    }

    private static void Span(SourceWriter writer, CallerSpan span)
    {
        string what = $"{(span.IsInput ? "input" : "output")} {Literals.Comment(span.Tensor.ToString())}";
        Constant(writer, $"Elements of {what}.", "int", span.LengthConstant,
            Literals.Integer(span.Tensor.ElementCount));
        if (span.Tensor.Quantization is { } quantization)
        {
            Constant(writer, $"The scale of {what}: real = (code - zero point) * scale.", "float",
                span.Prefix + "Scale",
                Literals.Float(quantization.Scale));
            Constant(writer, $"The code of real 0 in {what}.", "int", span.Prefix + "ZeroPoint",
                Literals.Integer(quantization.ZeroPoint));
        }
    }

    private static void Labels(SourceWriter writer, Graph graph)
    {
        if (graph.Labels.IsEmpty)
        {
            return;
        }

        Constant(writer, "The number of classes.", "int", "LabelCount", Literals.Integer(graph.Labels.Length));
        writer.Lines(
            "/// <summary>The name of a class, in UTF-8.</summary>",
            $"/// <param name=\"index\">As <c>Classify</c> returns it: {TypeDocumentation.Labels(graph)}.</param>",
            "/// <exception cref=\"global::System.ArgumentOutOfRangeException\">There is no such class.</exception>");
        writer.Member($"public static {TypeNames.ReadOnlySpan("byte")} GetLabel(int index) => index switch");
        writer.Line("{");
        writer.Indent();
        for (int i = 0; i < graph.Labels.Length; i++)
        {
            writer.Line(Invariant($"{i} => {Literals.String(graph.Labels[i])}u8,"));
        }

        writer.Line("_ => throw new global::System.ArgumentOutOfRangeException(\"index\"),");
        writer.Unindent();
        writer.Line("};").Line();
    }

    private static void Constant(SourceWriter writer, string summary, string type, string name, string value) =>
        writer.Line($"/// <summary>{summary}</summary>").Field($"public const {type} {name} = {value};").Line();
}
