using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>The file with the model's constants and methods; its weights are in another.</summary>
internal static class CodeEmitter
{
    public static string Emit(LoweredModel model, TargetShape shape, bool tracesLayers)
    {
        return TypeFrame.Write(shape, Documentation(model.Graph), writer =>
        {
            PropertiesEmitter.Emit(writer, model);
            RunEmitter.Emit(writer, model, tracesLayers);
            if (model.Classify is not null)
            {
                ClassifyEmitter.Emit(writer, model, model.Classify);
            }
            InstanceEmitter.Emit(writer, model, shape);
        });
    }

    private static IReadOnlyList<string> Documentation(Graph graph)
    {
        List<string> lines =
        [
            $"<summary>The model '{Literals.Comment(graph.Name)}'.</summary>",
            "<remarks>",
            $"{graph.Operators.Length} operator{(graph.Operators.Length == 1 ? "" : "s")}, {Literals.Number(graph.Macs)} multiply-accumulates, {Literals.Number(graph.ConstantBytes)} bytes of weights and biases, rounding {graph.Rounding.ToName()}.",
        ];
        lines.AddRange(graph.Inputs.Select(t => $"<para>Input {Literals.Comment(Describe(t))}.</para>"));
        lines.AddRange(graph.Outputs.Select(t => $"<para>Output {Literals.Comment(Describe(t))}.</para>"));
        lines.AddRange(graph.Notes.Select(note => $"<para>{Literals.Comment(note)}</para>"));
        lines.AddRange(graph.Metrics.Select(m => FormattableString.Invariant(
            $"<para>{Literals.Comment(m.Name)} {m.Value:0.####} on {Literals.Comment(m.DataSet)} ({m.Count:N0} examples).</para>")));
        lines.Add("</remarks>");
        return lines;
    }

    /// <summary>Name, type, shape and, where it is quantized, scale and zero point.</summary>
    public static string Describe(Tensor tensor) => tensor.Quantization is { } q
        ? $"{tensor}, real = {Code(q.ZeroPoint)} * {Literals.Float(q.Scale).TrimEnd('f')}"
        : tensor.ToString();

    private static string Code(int zeroPoint) => zeroPoint switch
    {
        0 => "code",
        < 0 => $"(code + {-zeroPoint})",
        _ => $"(code - {zeroPoint})",
    };
}
