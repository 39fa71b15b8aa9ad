using System.Collections.Immutable;
using System.Text;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// Writes kernel calls into one method, each after the spans of the arena that it is the first to use.
/// </summary>
/// <param name="writer">The method.</param>
/// <param name="traced">The model, if what each operator writes is to be traced; null where not.</param>
internal sealed class CallWriter(SourceWriter writer, LoweredModel? traced = null)
{
    private const int MaxLine = 120;
    private readonly HashSet<ArenaBuffer> _declared = [];

    public void Write(KernelCall call)
    {
        Operator op = call.Operator;
        writer.Gap().Line($"// {op.Kind} {Describe(op.Inputs)} -> {Describe(op.Outputs)}{Cost(call)}");
        foreach (ArenaBuffer buffer in call.Buffers)
        {
            Declare(buffer);
        }

        if (!call.IsNothing)
        {
            WriteCall(call);
            foreach (KernelCall further in call.Further)
            {
                WriteCall(further);
            }
        }

        if (traced is not null)
        {
            WriteTrace(op, traced);
        }
    }

    /// <summary>Declares the span of a buffer, once.</summary>
    public void Declare(ArenaBuffer buffer)
    {
        if (_declared.Add(buffer))
        {
            string element = buffer.Type.ToCSharp();
            string place = $"byteOffset: {Literals.Integer(buffer.Offset)}, length: {Literals.Integer(buffer.Count)}";
            writer.Line($"{TypeNames.Span(buffer.Type)} {buffer.Identifier} = "
                + $"Kernels::Arena.Span<{element}>({buffer.Memory}, {place});");
        }
    }

    private static string Describe(IEnumerable<Tensor> tensors) =>
        string.Join(", ", tensors.Select(t => $"{Literals.Comment(t.Name)} {t.ShapeText}"));

    private static string Cost(KernelCall call) => call switch
    {
        { IsNothing: true } => ": the same memory",
        { Operator.Macs: > 0 } => $": {Literals.Number(call.Operator.Macs)} MACs",
        _ => "",
    };

    private void WriteCall(KernelCall call)
    {
        (string start, string end) = call.EndsRuns ? ("if (!", "))") : ("", ");");
        string oneLine = $"{start}{call.Method}({KernelArgument.List(call.Arguments)}{end}";
        if (oneLine.Length <= MaxLine)
        {
            writer.Line(oneLine);
        }
        else
        {
            writer.Line(start + call.Method + "(");
            writer.Indent();
            for (int i = 0; i < call.Arguments.Length; i++)
            {
                WriteArgument(call.Arguments[i], i < call.Arguments.Length - 1 ? "," : end);
            }

            writer.Unindent();
        }

        if (call.EndsRuns)
        {
            writer.Lines("{", "    return false;", "}");
        }
    }

    private void WriteArgument(KernelArgument argument, string end)
    {
        string oneLine = argument + end;
        if (!argument.IsStructure || oneLine.Length <= MaxLine)
        {
            writer.Line(oneLine);
            return;
        }

        writer.Line(argument.Head);
        writer.Indent();
        WriteFields(argument.Fields, ")" + end);
        writer.Unindent();
    }

    /// <summary>As many on a line as there is room for.</summary>
    private void WriteFields(ImmutableArray<KernelArgument> fields, string end)
    {
        var line = new StringBuilder();
        for (int i = 0; i < fields.Length; i++)
        {
            string field = fields[i] + (i < fields.Length - 1 ? "," : end);
            if (line.Length > 0 && line.Length + 1 + field.Length > MaxLine)
            {
                writer.Line(line.ToString());
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(field);
        }

        writer.Line(line.ToString());
    }

    private void WriteTrace(Operator op, LoweredModel model)
    {
        int index = model.Graph.Operators.IndexOf(op);
        writer.Line(Invariant($"LayerDone?.Invoke({index});"));
        for (int i = 0; i < op.Outputs.Length; i++)
        {
            (string span, ArenaBuffer? buffer) = model.SpanOf(op.Outputs[i]);
            if (buffer is not null)
            {
                Declare(buffer);
            }

            writer.Line(
                Invariant($"LayerTrace?.Invoke({index}, {i}, ")
                    + Invariant($"global::System.Runtime.InteropServices.MemoryMarshal.AsBytes({span}).ToArray());"));
        }
    }
}
