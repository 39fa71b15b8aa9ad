using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>The static <c>Classify</c> methods: the index of the largest score.</summary>
internal static class ClassifyEmitter
{
    /// <summary>An overload of <c>Classify</c>.</summary>
    /// <param name="Element">The element type of its input.</param>
    /// <param name="Name">The parameter.</param>
    /// <param name="Documentation">What the parameter holds.</param>
    public sealed record Overload(string Element, string Name, string Documentation);

    public static IEnumerable<Overload> Overloads(LoweredModel model)
    {
        Tensor input = model.Graph.Inputs[0];
        yield return new Overload(input.Type.ToCSharp(), "input", TensorDocumentation.Describe(input));
        if (model.Classify!.TakesPixels)
        {
            yield return new Overload("byte", ClassifyPlan.PixelsName,
                $"{input.Name} {input.ShapeText}, from 0 to 255; exact, since a pixel is its code + 128");
        }

        if (ClassifyPlan.TakesReals(input))
        {
            yield return new Overload(
                "float", "values", $"{input.Name} {input.ShapeText} in real numbers, quantized first");
        }
    }

    public static void Emit(SourceWriter writer, LoweredModel model, ClassifyPlan plan)
    {
        foreach (Overload overload in Overloads(model))
        {
            WriteDocumentation(writer, overload, plan);
            writer.Line(
                $"/// <param name=\"arena\">At least <see cref=\"ClassifyArenaBytes\"/> bytes; need not be "
                    + $"cleared{(model.States.IsEmpty ? "" : ", but for the state at its start")}.</param>");
            WriteReturns(writer, model.Graph);
            writer.Line(RunEmitter.SpanException);
            writer.OpenMember(
                $"public static int Classify({TypeNames.ReadOnlySpan(overload.Element)} {overload.Name}, "
                    + $"{TypeNames.ByteSpan} arena)");
            RunEmitter.WriteLengthGuard(writer, overload.Name, "InputLength");
            RunEmitter.WriteArenaGuard(writer, "ClassifyArenaBytes");
            RunEmitter.WriteArenaOverlapGuard(
                writer, overload.Name, model.Arena.ClassifyArenaBytes, "ClassifyArenaBytes");
            if (overload.Name == "input" && plan.Codes is null)
            {
                WriteCore(writer, model, plan);
            }
            else if (overload.Name == "input")
            {
                writer.Line("return ClassifyCore(input, arena);");
            }
            else if (overload.Name == ClassifyPlan.PixelsName && plan.OfPixels is not null)
            {
                new CallWriter(writer).Write(plan.OfPixels);
                WriteAnswer(writer, plan);
            }
            else
            {
                WriteConversion(writer, plan, overload);
            }

            writer.Close().Line();
        }

        if (plan.Codes is not null)
        {
            writer.Line(
                "// Classify without its checks: the codes of an input that is converted first lie in the arena.");
            writer.OpenMember(
                $"private static int ClassifyCore({TypeNames.ReadOnlySpan("sbyte")} input, {TypeNames.ByteSpan} "
                    + "arena)");
            WriteCore(writer, model, plan);
            writer.Close().Line();
        }
    }

    /// <summary>What every overload gives, after its parameters.</summary>
    public static void WriteReturns(SourceWriter writer, Graph graph)
    {
        string classes = graph.Labels.IsEmpty
            ? $"from 0 to {Literals.Number(graph.Outputs[0].ElementCount - 1)}"
            : TypeDocumentation.Labels(graph);
        writer.Line($"/// <returns>The index of the class: {classes}.</returns>");
    }

    public static void WriteDocumentation(SourceWriter writer, Overload overload, ClassifyPlan plan)
    {
        string of = plan.Last is null
            ? "score"
            : "int32 accumulator, before rounding to int8 could make two scores equal";
        writer.Line($"/// <summary>The class with the largest {of}; the first of equals.</summary>");
        writer.Line($"/// <param name=\"{overload.Name}\">{Literals.Comment(overload.Documentation)}.</param>");
    }

    private static void WriteCore(SourceWriter writer, LoweredModel model, ClassifyPlan plan)
    {
        var calls = new CallWriter(writer);
        if (plan.Last is null)
        {
            calls.Declare(plan.Scores);
            writer.Line($"RunCore(input, {plan.Scores.Identifier}, arena);");
        }
        else
        {
            if (RunEmitter.SplitsLastLayer(model))
            {
                writer.Line("RunLayers(input, arena);");
            }

            calls.Write(plan.Last);
        }

        WriteAnswer(writer, plan);
    }

    private static void WriteAnswer(SourceWriter writer, ClassifyPlan plan) =>
        writer.Line($"return Kernels::ArgMax.Run({plan.Scores.Identifier});");

    private static void WriteConversion(SourceWriter writer, ClassifyPlan plan, Overload overload)
    {
        var calls = new CallWriter(writer);
        calls.Declare(plan.Codes!);
        string codes = plan.Codes!.Identifier;
        writer.Line(overload.Element == "byte"
            ? $"Kernels::Quantize.FromPixels({overload.Name}, {codes});"
            : $"Kernels::Quantize.Run({overload.Name}, InputScale, InputZeroPoint, {codes});");
        writer.Line($"return ClassifyCore({codes}, arena);");
    }
}
