using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>int8 with weights that are computed, or that have a zero point: nothing is folded.</summary>
internal sealed class FullyConnectedOffsetEmitter : IOperatorEmitter
{
    public static readonly FullyConnectedOffsetEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var fc = (FullyConnected)op;
        int[] bias = fc.Bias is { Data: { } data }
            ? MemoryMarshal.Cast<byte, int>(data.AsSpan()).ToArray()
            : new int[fc.Units];
        return context.Call(op,
            $"Kernels::FullyConnected.Int8Offset<{TypeArguments.Requantizer(context.Graph.Rounding)}>",
            context.Span(fc.Input),
            ("inputZeroPoint", fc.Input.Quantization!.ZeroPoint),
            context.Span(fc.Weights),
            ("weightsZeroPoint", fc.WeightsZeroPoint),
            context.Bake(fc.Output.Name + ".bias", bias, "bias"),
            FullyConnectedInt8Emitter.Requantization(fc, context),
            context.Span(fc.Output));
    }
}
