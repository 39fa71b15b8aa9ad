using System.Runtime.InteropServices;
using TinyQuant.Kernels.Int16;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>int16 images times int8 filters, which stay as they are.</summary>
internal static class ConvolutionInt16
{
    /// <summary>
    /// Bakes the constants of a convolution over all channels, or groups of them, and returns the call.
    /// </summary>
    public static KernelCall Lower(Conv2D conv, LoweringContext context) => context.Call(conv,
        $"Kernels::Conv2D.Int16<{Int16RequantizationEmitter.Sums(conv.Has64BitSums, context)}>",
        context.Span(conv.Input),
        GeometryWriter.Write(conv.Input, conv.Output, conv.Filter, conv.Window),
        ("groups", conv.Groups),
        context.Span(conv.Weights),
        Bias(conv, context),
        Int16RequantizationEmitter.OfConvolution(conv, conv.Has64BitSums, context),
        Room(conv, ".patch", conv.Weights.ElementCount / conv.Weights.Shape[0], context),
        context.Span(conv.Output));

    /// <summary>Bakes the constants of a depthwise convolution and returns the call.</summary>
    public static KernelCall Lower(DepthwiseConv2D conv, LoweringContext context) => context.Call(conv,
        "Kernels::DepthwiseConv2D.Int16",
        context.Span(conv.Input),
        GeometryWriter.Write(conv.Input, conv.Output, conv.Filter, conv.Window),
        context.Span(conv.Weights),
        Bias(conv, context),
        Int16RequantizationEmitter.OfConvolution(conv, has64Bits: true, context),
        context.Scratch(conv.Output.Name + ".patch", TensorType.Int16, conv.Weights.ElementCount),
        context.Span(conv.Output));

    /// <summary>Bakes the constants of a transposed convolution and returns the call.</summary>
    public static KernelCall Lower(TransposeConv conv, LoweringContext context) => context.Call(conv,
        "Kernels::TransposeConv.Int16",
        context.Span(conv.Input),
        GeometryWriter.WriteTransposed(conv.Input, conv.Output, conv.Filter, conv.Window),
        context.Span(conv.Weights),
        Bias(conv, context),
        Int16RequantizationEmitter.OfConvolution(conv, has64Bits: true, context),
        context.Span(conv.Output));

    private static string Room(Convolution conv, string name, int codes, LoweringContext context) =>
        context.Scratch(conv.Output.Name + name, TensorType.Int16, Int16Layout.Padded(codes));

    private static string Bias(Convolution conv, LoweringContext context) => context.Bake(
        conv.Output.Name + ".bias", TensorType.Int64,
        MemoryMarshal.AsBytes(WideIntegers.Of(conv.Bias, conv.Output.Shape[3]).AsSpan()).ToArray(), "bias");
}
