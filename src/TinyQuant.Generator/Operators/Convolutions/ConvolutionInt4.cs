using System.Runtime.InteropServices;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Int4;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>An int8 convolution over all channels whose weights stay int4 in the program.</summary>
internal static class ConvolutionInt4
{
    private const int FewOutputs = 16;

    /// <summary>
    /// Whether the weights are int4 in a form that the kernel has. Groups of inputs must end where the kernel's steps
    /// of 4 do; a window's rows, each padded to 4, let them where they are multiples of 4. Other weights are baked as
    /// int8.
    /// </summary>
    public static bool Applies(Convolution conv) => conv.Weights.Stored is { Type: TensorType.Int4 } stored
        && (stored.Quantization is not { GroupSize: > 0 }
            || (conv is Conv2D && (conv.Filter.Height == 1 || RowLength(conv) % PackedLayout.StepInputs == 0)));

    /// <summary>Bakes the constants and returns the call.</summary>
    /// <param name="conv">The operator.</param>
    /// <param name="weights">[outputs, height, width, channels], as int8.</param>
    /// <param name="codes">The same as int4 codes, without the groups' multipliers.</param>
    /// <param name="context">Where to bake.</param>
    public static KernelCall Lower(Convolution conv, sbyte[] weights, sbyte[] codes, LoweringContext context)
    {
        int outputs = conv.Output.Shape[3];
        byte[] packed = WeightPacker.PackRows(
            MemoryMarshal.AsBytes(codes.AsSpan()), outputs, conv.Filter.Height, RowLength(conv));
        int depth = packed.Length / outputs;
        int positions = conv.Output.ElementCount / outputs;
        long scratch = ConvolutionScratch.Bytes(conv);
        // All weights at once, or those of a few outputs and what these are at every position: what takes less memory.
        bool isWhole = outputs <= FewOutputs || outputs * (long)depth <= FewOutputs * ((long)depth + positions);
        int block = isWhole ? outputs : FewOutputs;
        return context.Call(conv, $"Kernels::Conv2D.Int4<{TypeArguments.Requantizer(context.Graph.Rounding)}>",
            context.Span(conv.Input),
            GeometryWriter.Write(conv.Input, conv.Output, conv.Filter, conv.Window),
            context.Bake(conv.Weights.Name, TensorType.Int8, Int4Packing.Codes(packed),
                $"{conv.Weights.Stored}, packed in blocks of 4 inputs by 8 outputs, two to a byte"),
            ("multipliers", Int4Packing.BakeMultipliers(conv.Weights, context)),
            context.Bake(conv.Output.Name + ".bias", ConvolutionInt8.FoldZeroPoint(conv, weights),
                "bias - zero point * sum of weights"),
            ("inputZeroPoint", conv.Input.Quantization!.ZeroPoint),
            RequantizationEmitter.OfProduct(context, context.Graph.Rounding, conv),
            ("blockOutputs", block),
            context.Scratch(conv.Output.Name + ".weights", TensorType.Int8,
                Int4Layout.BlockLength(block, outputs, depth, positions)),
            ("patch",
                scratch == 0 ? "default" : context.Scratch(conv.Output.Name + ".patch", TensorType.Int8, scratch)),
            context.Span(conv.Output));
    }

    private static int RowLength(Convolution conv) => conv.Filter.Width * conv.Input.Shape[3];
}
