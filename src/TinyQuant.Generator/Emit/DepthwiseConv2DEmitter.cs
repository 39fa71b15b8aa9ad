using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// int8 or float32; the weights stay as they are, tap by tap. Several filters of one channel are a convolution over all
/// channels, whose kernel is the faster one.
/// </summary>
internal sealed class DepthwiseConv2DEmitter : IOperatorEmitter
{
    public static readonly DepthwiseConv2DEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var conv = (DepthwiseConv2D)op;
        bool isFloat = conv.Input.Type == TensorType.Float32;
        if (conv.Input.Shape[3] == 1 && conv.Multiplier > 1)
        {
            return isFloat
                ? ConvolutionFloat32.Lower(conv, ConvolutionConstants.OutputsFirst(ConvolutionConstants.FloatWeights(conv), conv.Multiplier), context)
                : ConvolutionInt8.Lower(conv, ConvolutionConstants.OutputsFirst(ConvolutionConstants.Weights(conv), conv.Multiplier), context);
        }
        string input = context.Span(conv.Input);
        string geometry = GeometryWriter.Write(conv.Input, conv.Output, conv.Filter, conv.Window);
        if (isFloat)
        {
            (float min, float max) = conv.Window.Activation.Range();
            return context.Call(op, "Kernels::DepthwiseConv2D.Float32", input, geometry, context.Span(conv.Weights),
                ConvolutionConstants.FloatBias(conv, context), Literals.Float(min), Literals.Float(max), context.Span(conv.Output));
        }
        return context.Call(op, $"Kernels::DepthwiseConv2D.Int8<{RequantizationEmitter.Requantizer(context.Graph.Rounding)}>",
            input,
            geometry,
            context.Span(conv.Weights),
            context.Bake(conv.Output.Name + ".bias", ConvolutionConstants.Bias(conv), "bias"),
            Literals.Integer(conv.Input.Quantization!.ZeroPoint),
            RequantizationEmitter.OfProduct(context, context.Graph.Rounding, conv.Input, conv.Weights, conv.Output, conv.Window.Activation),
            context.IsInPlace(index) ? context.Scratch(conv.Output.Name + ".rows", TensorType.Int8, (int)conv.WindowRows) : "default",
            context.Span(conv.Output));
    }
}
