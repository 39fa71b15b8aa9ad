using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>float32 images, quantized on each call, times int8 filters.</summary>
internal static class ConvolutionHybrid
{
    /// <summary>Bakes the constants of a convolution over all channels and returns the call.</summary>
    public static KernelCall Lower(Conv2D conv, LoweringContext context)
    {
        sbyte[] weights = ConvolutionConstants.Weights(conv);
        int outputs = conv.Output.Shape[3];
        int depth = weights.Length / outputs;
        byte[] packed = WeightPacker.PackRows(MemoryMarshal.AsBytes(weights.AsSpan()), outputs, conv.Filter.Height,
            conv.Filter.Width * conv.Input.Shape[3]);
        int[] sums = [
            .. Enumerable.Range(0, outputs)
            .Select(o => new ArraySegment<sbyte>(weights, o * depth, depth).Sum(w => (int)w))];
        (float min, float max) = ActivationRange.Float32(conv.Window.Activation);
        string input = context.Span(conv.Input);
        KernelArgument geometry = GeometryWriter.Write(conv.Input, conv.Output, conv.Filter, conv.Window);
        string filters = context.Bake(conv.Weights.Name, TensorType.Int8, packed,
            $"{conv.Weights}, packed in blocks of 4 inputs by 8 outputs");
        KernelArgument[] scales = conv.HasSymmetricInputs
            ? [("weightScale", conv.Weights.Quantization!.Scale)]
            : [
                context.Bake(conv.Output.Name + ".weight.sums", sums, "sum of weights of each output"),
                BakeScales(conv, context)];
        string method = conv.HasSymmetricInputs ? "HybridSymmetric" : "Hybrid";
        return context.Call(conv, $"Kernels::Conv2D.{method}<{TypeArguments.Range(weights)}>",
        [
            input,
            geometry,
            filters,
            .. scales,
            ConvolutionConstants.FloatBias(conv, context), ("min", min), ("max", max),
            context.Scratch(
                conv.Output.Name + ".codes", TensorType.Int8, conv.Input.ElementCount / conv.Input.Shape[0]),
            context.Scratch(conv.Output.Name + ".patch", TensorType.Int8, packed.Length / outputs),
            context.Span(conv.Output),
        ]);
    }

    /// <summary>Bakes the constants of a depthwise convolution and returns the call.</summary>
    public static KernelCall Lower(DepthwiseConv2D conv, LoweringContext context)
    {
        (float min, float max) = ActivationRange.Float32(conv.Window.Activation);
        return context.Call(conv, "Kernels::DepthwiseConv2D.Hybrid",
            context.Span(conv.Input),
            GeometryWriter.Write(conv.Input, conv.Output, conv.Filter, conv.Window),
            context.Span(conv.Weights),
            BakeScales(conv, context),
            ConvolutionConstants.FloatBias(conv, context), ("min", min), ("max", max),
            context.Scratch(
                conv.Output.Name + ".codes", TensorType.Int8, conv.Input.ElementCount / conv.Input.Shape[0]),
            context.Span(conv.Output));
    }

    private static string BakeScales(Convolution conv, LoweringContext context) => context.Bake(
        conv.Output.Name + ".scales", TensorType.Float32,
        MemoryMarshal.AsBytes(conv.Weights.Quantization!.Scales.AsSpan()).ToArray(), "scales of the weights");
}
