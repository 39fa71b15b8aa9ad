using System.Globalization;
using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Pad and PadV2, any type.</summary>
internal sealed class PadEmitter : IOperatorEmitter
{
    public static readonly PadEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var pad = (PaddingOperator)op;
        int[] strides = ViewWriter.Strides(pad.Output);
        int begin = strides.Select((stride, d) => pad.Paddings[2 * d] * stride).Sum();
        KernelArgument view = ViewWriter.Write(context, op.Outputs[0].Name + ".inside", begin,
            strides.Select((stride, d) => (pad.Input.Shape[d], stride)));
        return context.Call(op, $"Kernels::StridedCopy.Pad<{pad.Input.Type.ToCSharp()}>",
            context.Span(pad.Input), ("value", Value(pad, context)), view, context.Span(pad.Output));
    }

    private static string Value(PaddingOperator pad, LoweringContext context)
    {
        if (pad is PadV2 { Value.IsConstant: false } computed)
        {
            return context.Span(computed.Value) + "[0]";
        }

        if (pad is not PadV2 { Value: { Data: { } data, Type: var type } })
        {
            return pad.Output.Type == TensorType.Bool ? "false" : Literals.Integer(Zero(pad.Output));
        }

        return type switch
        {
            TensorType.Float32 => Float(MemoryMarshal.Read<float>(data.AsSpan())),
            TensorType.Int8 => Literals.Integer((sbyte)data[0]),
            TensorType.UInt8 => Literals.Integer(data[0]),
            TensorType.Bool => data[0] == 0 ? "false" : "true",
            TensorType.Int16 => Literals.Integer(MemoryMarshal.Read<short>(data.AsSpan())),
            TensorType.Int64 => Literals.Integer(MemoryMarshal.Read<long>(data.AsSpan())),
            TensorType.UInt32 => Literals.Integer(MemoryMarshal.Read<uint>(data.AsSpan())),
            TensorType.UInt64 => MemoryMarshal.Read<ulong>(data.AsSpan()).ToString(CultureInfo.InvariantCulture),
            _ => Literals.Integer(MemoryMarshal.Read<int>(data.AsSpan())),
        };
    }

    /// <summary>
    /// Real 0 in 8 bits. In 16 and 32 bits the reference pads with code 0 whatever the zero point is: <c>PadEval</c> of
    /// TFLM's pad.cc.
    /// </summary>
    private static int Zero(Tensor output) =>
        output.Type is TensorType.Int8 or TensorType.UInt8 ? output.Quantization?.ZeroPoint ?? 0 : 0;

    private static string Float(float value) => float.IsNaN(value) ? "float.NaN" : Literals.Float(value);
}
