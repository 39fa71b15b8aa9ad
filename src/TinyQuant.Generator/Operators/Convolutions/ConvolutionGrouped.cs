using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>A convolution of int8 or float32 whose groups of outputs read channels of their own.</summary>
internal static class ConvolutionGrouped
{
    /// <summary>Bakes the constants and returns the call.</summary>
    public static KernelCall Lower(Conv2D conv, LoweringContext context)
    {
        int depth = conv.Weights.ElementCount / conv.Weights.Shape[0];
        string input = context.Span(conv.Input);
        KernelArgument geometry = GeometryWriter.Write(conv.Input, conv.Output, conv.Filter, conv.Window);
        string patch = context.Scratch(conv.Output.Name + ".patch", conv.Input.Type, depth);
        if (conv.Input.Type == TensorType.Float32)
        {
            (float min, float max) = ActivationRange.Float32(conv.Window.Activation);
            return context.Call(conv, "Kernels::Conv2D.Float32Grouped", input, geometry, ("groups", conv.Groups),
                context.Span(conv.Weights), ConvolutionConstants.FloatBias(conv, context), ("min", min), ("max", max),
                patch, context.Span(conv.Output));
        }

        sbyte[] weights = ConvolutionConstants.Weights(conv);
        return context.Call(conv,
            $"Kernels::Conv2D.Int8Grouped<{TypeArguments.Range(weights)}, "
                + $"{TypeArguments.Requantizer(context.Graph.Rounding)}>",
            input,
            geometry,
            ("groups", conv.Groups),
            context.Bake(conv.Weights.Name, TensorType.Int8, Pack(weights, conv.Groups, depth),
                $"{conv.Weights}, each group packed in blocks of 4 inputs by 8 outputs"),
            context.Bake(conv.Output.Name + ".bias", ConvolutionInt8.FoldZeroPoint(conv, weights),
                "bias - zero point * sum of weights"),
            ("inputZeroPoint", conv.Input.Quantization!.ZeroPoint),
            RequantizationEmitter.OfProduct(context, context.Graph.Rounding, conv),
            patch,
            context.Span(conv.Output));
    }

    private static byte[] Pack(sbyte[] weights, int groups, int depth)
    {
        int outputs = weights.Length / depth / groups;
        int length = outputs * depth;
        return [
            .. Enumerable.Range(0, groups).SelectMany(group => WeightPacker.Pack(
                MemoryMarshal.AsBytes(weights.AsSpan(group * length, length)), outputs, depth))];
    }
}
