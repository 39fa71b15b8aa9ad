using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>int8, int16 or float32; the weights stay as they are.</summary>
internal sealed class TransposeConvEmitter : IOperatorEmitter
{
    public static readonly TransposeConvEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var conv = (TransposeConv)op;
        if (conv.Input.Type == TensorType.Int16)
        {
            return ConvolutionInt16.Lower(conv, context);
        }

        string input = context.Span(conv.Input);
        KernelArgument geometry = GeometryWriter.WriteTransposed(conv.Input, conv.Output, conv.Filter, conv.Window);
        if (conv.Input.Type == TensorType.Float32)
        {
            (float min, float max) = ActivationRange.Float32(conv.Window.Activation);
            return context.Call(op, "Kernels::TransposeConv.Float32", input, geometry, context.Span(conv.Weights),
                ConvolutionConstants.FloatBias(conv, context), ("min", min), ("max", max), context.Span(conv.Output));
        }

        return context.Call(op, $"Kernels::TransposeConv.Int8<{TypeArguments.Requantizer(context.FixedPointRounding)}>",
            input,
            geometry,
            context.Span(conv.Weights),
            context.Bake(conv.Output.Name + ".bias", ConvolutionConstants.Bias(conv), "bias"),
            ("inputZeroPoint", conv.Input.Quantization!.ZeroPoint),
            RequantizationEmitter.OfProduct(context, context.FixedPointRounding, conv),
            context.Span(conv.Output));
    }
}
