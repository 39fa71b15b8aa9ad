using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>Writes a graph as the text of a <c>.tqm</c> model file.</summary>
public static class ModelWriter
{
    private const int BytesPerLine = 75; // 100 characters of base64

    /// <summary>
    /// The text of a model, the same for the same graph on every machine. What <see cref="ModelReader"/> reads of it
    /// writes the same text again.
    /// </summary>
    /// <exception cref="ArgumentException">The graph is not valid; the message says why.</exception>
    public static string Write(Graph graph) => Write(GraphValidator.Require(graph));

    /// <summary>The same of a graph that was validated.</summary>
    public static string Write(ValidGraph valid)
    {
        Graph graph = valid.Graph;
        var text = new StringBuilder();
        Line(text, ModelReader.Magic, Invariant(ModelReader.Version));
        Line(text, "name", Lexer.Quote(graph.Name));
        foreach (string note in graph.Notes)
        {
            Line(text, "note", OneLine(note));
        }

        foreach (Metric metric in graph.Metrics)
        {
            Line(text, "metric", Lexer.Quote(metric.Name), metric.Value.ToString("R", CultureInfo.InvariantCulture),
                Lexer.Quote(metric.DataSet), Invariant(metric.Count));
        }

        Line(text, "rounding", graph.Rounding.ToName());
        if (!graph.Labels.IsEmpty)
        {
            Line(text, ["labels", .. graph.Labels.Select(Lexer.Quote)]);
        }

        text.Append('\n');
        WriteSubgraphs(text, graph);
        WriteTensors(text, graph);
        text.Append('\n');
        WriteOperators(text, graph);
        return text.ToString();
    }

    /// <summary>Those that operators run, each behind the ones that its own operators run.</summary>
    private static void WriteSubgraphs(StringBuilder text, Graph graph)
    {
        foreach (Graph subgraph in graph.Operators.SelectMany(o => o.Subgraphs))
        {
            WriteSubgraphs(text, subgraph);
            Line(text, "subgraph", subgraph.Name);
            WriteTensors(text, subgraph);
            WriteOperators(text, subgraph);
            text.Append("end\n\n");
        }
    }

    private static void WriteTensors(StringBuilder text, Graph graph)
    {
        foreach (Tensor tensor in graph.Tensors)
        {
            WriteTensor(text, tensor);
        }
    }

    private static void WriteOperators(StringBuilder text, Graph graph)
    {
        if (!graph.Inputs.IsEmpty)
        {
            Line(text, ["input", .. Names(graph.Inputs)]);
        }

        Line(text, ["output", .. Names(graph.Outputs)]);
        foreach (Operator op in graph.Operators)
        {
            Line(text, ["op", op.Kind, .. Names(op.Inputs), "->", .. Names(op.Outputs),
                .. op.Attributes.Select(a => $"{a.Key}={a.Value}")]);
        }
    }

    private static void WriteTensor(StringBuilder text, Tensor tensor)
    {
        List<string> words = ["tensor", Lexer.Quote(tensor.Name), tensor.Type.ToName(), tensor.ShapeText];
        if (tensor.Quantization is { } quantization)
        {
            string scales = string.Join(
                ",", quantization.Scales.Select(s => s.ToString("R", CultureInfo.InvariantCulture)));
            words.AddRange(["scale", quantization.IsPerChannel ? $"[{scales}]" : scales]);
            if (quantization.IsPerChannel)
            {
                words.AddRange(["axis", Invariant(quantization.Axis)]);
            }

            if (quantization.GroupSize != 0)
            {
                words.AddRange(["group", Invariant(quantization.GroupSize)]);
            }

            if (quantization.ZeroPoint != 0)
            {
                words.AddRange(["zero", Invariant(quantization.ZeroPoint)]);
            }
        }

        if (tensor.IsVariable)
        {
            words.Add("variable");
        }

        if (tensor.Data.HasValue)
        {
            words.Add("data");
        }

        Line(text, [.. words]);
        byte[] data = tensor.Data is { } bytes ? ImmutableCollectionsMarshal.AsArray(bytes)! : [];
        for (int at = 0; at < data.Length; at += BytesPerLine)
        {
            text.Append("  ").Append(Convert.ToBase64String(data, at, Math.Min(BytesPerLine, data.Length - at)))
                .Append('\n');
        }
    }

    private static IEnumerable<string> Names(IEnumerable<Tensor> tensors) => tensors.Select(t => Lexer.Quote(t.Name));

    /// <summary>A note without what a reader takes for the end of a line, or shows otherwise than it stands.</summary>
    private static string OneLine(string note)
    {
        string line = new(
            [.. note.Select(c => (char.IsControl(c) && c != '\t') || c is '\u2028' or '\u2029' ? ' ' : c)]);
        return string.Join("\t", line.Split('\t').Select(Printable.Text));
    }

    private static string Invariant(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, params string[] words) =>
        text.Append(string.Join(" ", words)).Append('\n');
}
