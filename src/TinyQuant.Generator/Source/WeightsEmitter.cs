using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// The file with the weights. Bytes go into the program's read-only data as an array of ulong, the form the compiler
/// takes fastest and with least memory; the cast stands in a second member, since around the array itself it would
/// allocate before C# 14.
/// </summary>
internal static class WeightsEmitter
{
    private const int WordBytes = sizeof(ulong);
    private const int WordsPerLine = 6;
    private const int IntsPerLine = 10;

    public static string Emit(LoweredModel model, TargetShape shape) => TypeFrame.Write(shape, [], writer =>
    {
        if (model.Constants.IsEmpty)
        {
            return;
        }

        writer.OpenMember($"private static class {model.Constants[0].Holder}");
        foreach (Constant constant in model.Constants)
        {
            writer.Line($"// {Literals.Comment(constant.Comment)}: {Literals.Number(constant.Data.Length)} bytes");
            if (constant.Type == TensorType.Int32)
            {
                WriteIntegers(writer, constant);
            }
            else
            {
                WriteWords(writer, constant);
            }

            writer.Line();
        }

        writer.Close();
    });

    private static void WriteIntegers(SourceWriter writer, Constant constant)
    {
        writer.Line($"internal static {TypeNames.ReadOnlySpan("int")} {constant.Property} => new int[]");
        WriteTable(writer, constant.Count, IntsPerLine, (text, i) =>
            text.Append(
                BinaryPrimitives.ReadInt32LittleEndian(constant.Data.AsSpan(i * sizeof(int)))
                    .ToString(CultureInfo.InvariantCulture)));
    }

    private static void WriteWords(SourceWriter writer, Constant constant)
    {
        byte[] padded = new byte[(constant.Data.Length + WordBytes - 1) / WordBytes * WordBytes];
        constant.Data.CopyTo(padded, 0);
        string element = constant.Type.ToCSharp();
        string trim = padded.Length == constant.Data.Length ? "" : $".Slice(0, {Literals.Integer(constant.Count)})";
        writer.Line($"internal static {TypeNames.ReadOnlySpan(element)} {constant.Property} =>");
        writer.Line($"    global::System.Runtime.InteropServices.MemoryMarshal.Cast<ulong, "
            + $"{element}>({constant.Property}{NameTable.WordsSuffix}){trim};");
        writer.Line($"private static {TypeNames.ReadOnlySpan("ulong")} {constant.Property}{NameTable.WordsSuffix} "
            + "=> new ulong[]");
        WriteTable(writer, padded.Length / WordBytes, WordsPerLine, (text, i) =>
            text.Append("0x").Append(
                BinaryPrimitives.ReadUInt64LittleEndian(padded.AsSpan(i * WordBytes))
                    .ToString("X16", CultureInfo.InvariantCulture)));
    }

    private static void WriteTable(SourceWriter writer, int count, int perLine, Action<StringBuilder, int> item)
    {
        writer.Line("{");
        StringBuilder text = writer.Raw;
        for (int i = 0; i < count; i++)
        {
            text.Append(i % perLine == 0 ? "            " : " ");
            item(text, i);
            text.Append(i % perLine == perLine - 1 || i == count - 1 ? ",\n" : ",");
        }

        writer.Line("};");
    }
}
