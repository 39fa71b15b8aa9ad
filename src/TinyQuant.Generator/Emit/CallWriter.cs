using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Writes kernel calls into one method, each after the spans of the arena that it is the first to use.</summary>
internal sealed class CallWriter(SourceWriter writer, IEnumerable<ArenaBuffer> declared)
{
    private const int MaxLine = 120;
    private readonly HashSet<ArenaBuffer> _declared = [.. declared];

    public void Write(KernelCall call)
    {
        foreach (ArenaBuffer buffer in call.Buffers)
        {
            Declare(buffer);
        }
        Operator op = call.Operator;
        string reads = string.Join(" x ", op.Inputs.Select(t => $"{t.Name} {t.ShapeText}"));
        string writes = string.Join(", ", op.Outputs.Select(t => $"{t.Name} {t.ShapeText}"));
        writer.Line($"// {op.Kind} {Literals.Comment(reads)} -> {Literals.Comment(writes)}: {Literals.Number(op.Macs)} MACs");
        foreach (ArenaBuffer buffer in call.Buffers)
        {
            writer.Line($"// {buffer.Identifier}: arena bytes {Literals.Number(buffer.Offset)} to {Literals.Number(buffer.Offset + buffer.Bytes)}");
        }
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
}
