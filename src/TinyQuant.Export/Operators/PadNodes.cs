using TinyQuant.Export.Onnx;
using TinyQuant.Model;
using DataType = TinyQuant.Export.Onnx.TensorProto.Types.DataType;

namespace TinyQuant.Export.Operators;

/// <summary>PAD with real 0; codes are padded as they are.</summary>
internal static class PadNodes
{
    public static void Add(OnnxGraph graph, Pad op)
    {
        int rank = op.Input.Shape.Length;
        long[] pads = new long[2 * rank];
        for (int d = 0; d < rank; d++)
        {
            int at = op.Input.OnnxAxis(d);
            (pads[at], pads[rank + at]) = (op.Paddings[2 * d], op.Paddings[(2 * d) + 1]);
        }

        string zero = op.Input.Type switch
        {
            TensorType.Float32 => graph.Constant(op.Output.Name + ":value", [0f]),
            TensorType.Int8 => graph.Constant(
                op.Output.Name + ":value", DataType.Uint8, [Codes.Unsigned(op.Output.Quantization?.ZeroPoint ?? 0)]),
            _ => throw new UnsupportedException($"input {op.Input} is not supported; expected int8 or float32"),
        };
        graph.Node("Pad", op.Output.Name, [op.Input.Name, graph.Constant(op.Output.Name + ":pads", pads), zero]);
    }
}
