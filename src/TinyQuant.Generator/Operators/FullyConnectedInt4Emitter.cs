using System.Runtime.InteropServices;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Int4;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Static int8 with weights that stay int4 in the program: written out for some outputs at a time.</summary>
internal sealed class FullyConnectedInt4Emitter : IOperatorEmitter
{
    private const int BlockBytes = 8192; // a fraction of a first-level cache
    private const int LeastOutputs = PackedLayout.ColumnOutputs;

    public static readonly FullyConnectedInt4Emitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var fc = (FullyConnected)op;
        int outputs = fc.Weights.Shape[0];
        sbyte[] codes = Int4Data.Codes(fc.Weights.Stored);
        byte[] packed = WeightPacker.PackRows(MemoryMarshal.AsBytes(codes.AsSpan()), outputs, 1, fc.Depth);
        int depth = packed.Length / outputs;
        int block = Math.Min(outputs,
            Math.Min(Int4Layout.MostOutputs, Math.Max(LeastOutputs, BlockBytes / depth / LeastOutputs * LeastOutputs)));
        return context.Call(op, $"Kernels::FullyConnected.Int4<{TypeArguments.Requantizer(context.Graph.Rounding)}>",
            context.Span(fc.Input),
            context.Bake(fc.Weights.Name, TensorType.Int8, Int4Packing.Codes(packed),
                $"{fc.Weights.Stored}, packed in blocks of 4 inputs by 8 outputs, two to a byte"),
            ("multipliers", Int4Packing.BakeMultipliers(fc.Weights, context)),
            context.Bake(fc.Output.Name + ".bias", FullyConnectedInt8Emitter.FoldZeroPoint(fc),
                "bias - zero point * sum of weights"),
            FullyConnectedInt8Emitter.Requantization(fc, context),
            context.Scratch(fc.Output.Name + ".weights", TensorType.Int8, (long)block * depth),
            context.Span(fc.Output));
    }
}
