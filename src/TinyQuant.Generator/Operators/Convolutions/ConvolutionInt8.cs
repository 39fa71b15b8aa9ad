using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// An int8 convolution over all channels: <c>Conv2D</c>, or <c>DepthwiseConv2D</c> of one channel, which is the same.
/// </summary>
internal static class ConvolutionInt8
{
    /// <summary>Bakes the constants and returns the call.</summary>
    /// <param name="conv">The operator.</param>
    /// <param name="weights">[outputs, height, width, channels].</param>
    /// <param name="context">Where to bake.</param>
    public static KernelCall Lower(Convolution conv, sbyte[] weights, LoweringContext context)
    {
        int outputs = conv.Output.Shape[3];
        int rowLength = conv.Filter.Width * conv.Input.Shape[3];
        long scratch = ConvolutionScratch.Bytes(conv);
        bool hasOffset = conv.WeightsZeroPoint != 0;
        KernelArgument[] offset = hasOffset ? [("weightsZeroPoint", conv.WeightsZeroPoint)] : [];
        KernelArgument[] excess = hasOffset
            ? [context.Scratch(conv.Output.Name + ".excess", TensorType.Int32, conv.Output.ElementCount / outputs)]
            : [];
        return context.Call(conv,
            $"Kernels::Conv2D.{(hasOffset ? "Int8Offset" : "Int8")}<{TypeArguments.Range(weights)}, "
                + $"{TypeArguments.Requantizer(context.Graph.Rounding)}>",
        [
            context.Span(conv.Input),
            GeometryWriter.Write(conv.Input, conv.Output, conv.Filter, conv.Window),
            context.Bake(conv.Weights.Name, TensorType.Int8, Pack(conv, weights, outputs, rowLength),
                $"{conv.Weights}, packed in blocks of 4 inputs by 8 outputs"),
            .. offset,
            context.Bake(
                conv.Output.Name + ".bias", FoldZeroPoint(conv, weights), "bias - zero point * sum of weights"),
            ("inputZeroPoint", conv.Input.Quantization!.ZeroPoint),
            RequantizationEmitter.OfProduct(context, context.Graph.Rounding, conv),
            .. excess,
            ("patch",
                scratch == 0 ? "default" : context.Scratch(conv.Output.Name + ".patch", TensorType.Int8, scratch)),
            context.Span(conv.Output),
        ]);
    }

    /// <summary>bias - zero point * sum of weights, for each output.</summary>
    public static int[] FoldZeroPoint(Convolution conv, sbyte[] weights)
    {
        int zeroPoint = conv.Input.Quantization!.ZeroPoint;
        int depth = weights.Length / conv.Output.Shape[3];
        return [.. ConvolutionConstants.Bias(conv).Select((bias, o) => unchecked(
            bias - (zeroPoint * new ArraySegment<sbyte>(weights, o * depth, depth).Sum(w => (int)w))))];
    }

    private static byte[] Pack(Convolution conv, sbyte[] weights, int outputs, int rowLength)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(weights.AsSpan());
        return ConvolutionScratch.IsSingle(conv)
            ? WeightPacker.Pack(bytes, outputs, rowLength)
            : WeightPacker.PackRows(bytes, outputs, conv.Filter.Height, rowLength);
    }
}
