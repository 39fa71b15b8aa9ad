using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// A float32 convolution over all channels: <c>Conv2D</c>, or <c>DepthwiseConv2D</c> of one channel, which is the same.
/// </summary>
internal static class ConvolutionFloat32
{
    /// <summary>Bakes the constants and returns the call.</summary>
    /// <param name="conv">The operator.</param>
    /// <param name="weights">[outputs, height, width, channels].</param>
    /// <param name="context">Where to bake.</param>
    public static KernelCall Lower(Convolution conv, float[] weights, LoweringContext context)
    {
        int outputs = conv.Output.Shape[3];
        float[] packed = WeightPacker.PackFloats(weights, outputs, weights.Length / outputs);
        (float min, float max) = ActivationRange.Float32(conv.Window.Activation);
        long scratch = ConvolutionScratch.Bytes(conv) / sizeof(float);
        return context.Call(conv, "Kernels::Conv2D.Float32",
            context.Span(conv.Input),
            GeometryWriter.Write(conv.Input, conv.Output, conv.Filter, conv.Window),
            context.Bake(conv.Weights.Name, TensorType.Float32, MemoryMarshal.AsBytes(packed.AsSpan()).ToArray(),
                $"{conv.Weights}, in blocks of 8 outputs"),
            ConvolutionConstants.FloatBias(conv, context), ("min", min), ("max", max),
            ("patch",
                scratch == 0 ? "default" : context.Scratch(conv.Output.Name + ".patch", TensorType.Float32, scratch)),
            context.Span(conv.Output));
    }
}
