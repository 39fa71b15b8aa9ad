using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Writes kernel calls into one method, each after the spans of the arena that it is the first to use.</summary>
/// <param name="writer">The method.</param>
/// <param name="traced">The model, if what each operator writes is to be traced; null where not.</param>
internal sealed class CallWriter(SourceWriter writer, LoweredModel? traced = null)
{
    private const int MaxLine = 120;
    private readonly HashSet<ArenaBuffer> _declared = [];

    public void Write(KernelCall call)
    {
        foreach (ArenaBuffer buffer in call.Buffers)
        {
            Declare(buffer);
        }
        Operator op = call.Operator;
        string reads = string.Join(" x ", op.Inputs.Select(t => $"{t.Name} {t.ShapeText}"));
        string writes = string.Join(", ", op.Outputs.Select(t => $"{t.Name} {t.ShapeText}"));
        string cost = call.IsNothing ? "the same memory" : $"{Literals.Number(op.Macs)} MACs";
        writer.Line($"// {op.Kind} {Literals.Comment(reads)} -> {Literals.Comment(writes)}: {cost}");
        foreach (ArenaBuffer buffer in call.Buffers)
        {
            writer.Line($"// {buffer.Identifier}: arena bytes {Literals.Number(buffer.Offset)} to {Literals.Number(buffer.Offset + buffer.Bytes)}");
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
        if (!_declared.Add(buffer))
        {
            return;
        }
        string slice = $"arena.Slice({Literals.Integer(buffer.Offset)}, {Literals.Integer(buffer.Bytes)})";
        string cast = $"global::System.Runtime.InteropServices.MemoryMarshal.Cast<byte, {TypeNames.Element(buffer.Type)}>({slice})";
        writer.Line($"{TypeNames.Span(buffer.Type)} {buffer.Identifier} = {cast};");
    }

    private void WriteCall(KernelCall call)
    {
        string oneLine = $"{call.Method}({string.Join(", ", call.Arguments)});";
        if (oneLine.Length <= MaxLine)
        {
            writer.Line(oneLine);
            return;
        }
        writer.Line(call.Method + "(");
        writer.Indent();
        for (int i = 0; i < call.Arguments.Length; i++)
        {
            writer.Line(call.Arguments[i] + (i < call.Arguments.Length - 1 ? "," : ");"));
        }
        writer.Unindent();
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
            writer.Line(Invariant($"LayerTrace?.Invoke({index}, {i}, global::System.Runtime.InteropServices.MemoryMarshal.AsBytes({span}).ToArray());"));
        }
    }
}
