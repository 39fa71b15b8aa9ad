using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// int8, int16 or float32; the weights stay as they are, tap by tap. Several filters of one channel are a convolution
/// over all channels, whose kernel is the faster one.
/// </summary>
internal sealed class DepthwiseConv2DEmitter : IOperatorEmitter
{
    public static readonly DepthwiseConv2DEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var conv = (DepthwiseConv2D)op;
        if (conv.IsHybrid)
        {
            return ConvolutionHybrid.Lower(conv, context);
        }

        if (conv.Input.Type == TensorType.Int16)
        {
            return ConvolutionInt16.Lower(conv, context);
        }

        bool isFloat = conv.Input.Type == TensorType.Float32;
        if (conv.Input.Shape[3] == 1 && conv.Multiplier > 1)
        {
            return isFloat
                ? ConvolutionFloat32.Lower(conv,
                    ConvolutionConstants.OutputsFirst(ConvolutionConstants.FloatWeights(conv), conv.Multiplier),
                    context)
                : OverAllChannels(conv, context);
        }

        string input = context.Span(conv.Input);
        KernelArgument geometry = GeometryWriter.Write(conv.Input, conv.Output, conv.Filter, conv.Window);
        if (isFloat)
        {
            (float min, float max) = ActivationRange.Float32(conv.Window.Activation);
            return context.Call(op, "Kernels::DepthwiseConv2D.Float32", input, geometry, context.Span(conv.Weights),
                ConvolutionConstants.FloatBias(conv, context), ("min", min), ("max", max), context.Span(conv.Output));
        }

        if (conv.WeightsZeroPoint != 0)
        {
            return context.Call(op,
                $"Kernels::DepthwiseConv2D.Int8Offset<{TypeArguments.Requantizer(context.Graph.Rounding)}>",
                input,
                geometry,
                context.Span(conv.Weights),
                ("weightsZeroPoint", conv.WeightsZeroPoint),
                context.Bake(conv.Output.Name + ".bias", ConvolutionConstants.Bias(conv), "bias"),
                ("inputZeroPoint", conv.Input.Quantization!.ZeroPoint),
                RequantizationEmitter.OfProduct(context, context.Graph.Rounding, conv),
                context.Span(conv.Output));
        }

        bool isInt4 = ConvolutionInt4.Applies(conv);
        string weights = isInt4
            ? context.Bake(conv.Weights.Name, TensorType.Int8,
                Int4Packing.Codes(MemoryMarshal.AsBytes(Int4Data.Codes(conv.Weights.Stored).AsSpan())),
                $"{conv.Weights.Stored}, two to a byte")
            : context.Span(conv.Weights);
        KernelArgument[] room = isInt4
            ? [context.Scratch(conv.Output.Name + ".weights", TensorType.Int8, conv.Weights.ElementCount)]
            : [];
        return context.Call(op,
            $"Kernels::DepthwiseConv2D.{(isInt4 ? "Int4" : "Int8")}<{TypeArguments.Requantizer(context.Graph.Rounding)}>",
        [
            input,
            geometry,
            weights,
            context.Bake(conv.Output.Name + ".bias", ConvolutionConstants.Bias(conv), "bias"),
            ("inputZeroPoint", conv.Input.Quantization!.ZeroPoint),
            RequantizationEmitter.OfProduct(context, context.Graph.Rounding, conv),
            .. room,
            ("rows",
                context.IsInPlace(index)
                    ? context.Scratch(conv.Output.Name + ".rows", TensorType.Int8, conv.WindowRows)
                    : "default"),
            context.Span(conv.Output),
        ]);
    }

    private static KernelCall OverAllChannels(DepthwiseConv2D conv, LoweringContext context)
    {
        sbyte[] weights = ConvolutionConstants.OutputsFirst(ConvolutionConstants.Weights(conv), conv.Multiplier);
        return ConvolutionInt4.Applies(conv)
            ? ConvolutionInt4.Lower(conv, weights,
                ConvolutionConstants.OutputsFirst(Int4Data.Codes(conv.Weights.Stored), conv.Multiplier), context)
            : ConvolutionInt8.Lower(conv, weights, context);
    }
}
