using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>int8, some windows at a time, or float32, a patch (a row of im2col) at a time.</summary>
internal sealed class Conv2DEmitter : IOperatorEmitter
{
    public static readonly Conv2DEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var conv = (Conv2D)op;
        if (conv.Input.Type == TensorType.Float32)
        {
            (float min, float max) = conv.Window.Activation.Range();
            int patchLength = conv.Weights.ElementCount / conv.Output.Shape[3];
            // A window of one element is read where it lies.
            string patch = conv.Filter == (1, 1) ? "default" : context.Scratch(conv.Output.Name + ".patch", TensorType.Float32, patchLength);
            return context.Call(op, "Kernels::Conv2D.Float32", context.Span(conv.Input),
                GeometryWriter.Write(conv.Input, conv.Output, conv.Filter, conv.Window), context.Span(conv.Weights),
                ConvolutionConstants.FloatBias(conv, context), Literals.Float(min), Literals.Float(max), patch, context.Span(conv.Output));
        }
        return ConvolutionInt8.Lower(conv, ConvolutionConstants.Weights(conv), context);
    }
}
