using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>int8, some windows at a time, or float32, a patch (a row of im2col) at a time.</summary>
internal sealed class Conv2DEmitter : IOperatorEmitter
{
    public static readonly Conv2DEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var conv = (Conv2D)op;
        string input = context.Span(conv.Input);
        string geometry = GeometryWriter.Write(conv.Input, conv.Output, conv.Filter, conv.Window);
        int patchLength = conv.Weights.ElementCount / conv.Output.Shape[3];
        if (conv.Input.Type == TensorType.Float32)
        {
            (float min, float max) = conv.Window.Activation.Range();
            // A window of one element is read where it lies.
            string patch = conv.Filter == (1, 1) ? "default" : context.Scratch(conv.Output.Name + ".patch", TensorType.Float32, patchLength);
            return context.Call(op, "Kernels::Conv2D.Float32", input, geometry, context.Span(conv.Weights),
                ConvolutionConstants.FloatBias(conv, context), Literals.Float(min), Literals.Float(max), patch, context.Span(conv.Output));
        }
        sbyte[] weights = ConvolutionConstants.Weights(conv);
        int rowLength = patchLength / conv.Filter.Height;
        int scratch = ConvolutionScratch.Bytes(conv);
        return context.Call(op, $"Kernels::Conv2D.Int8<{ConvolutionConstants.WeightRange(weights)}, {RequantizationEmitter.Requantizer(context.Graph.Rounding)}>",
            input,
            geometry,
            context.Bake(conv.Weights.Name, TensorType.Int8, WeightPacker.PackRows(conv.Weights.Data!.Value.AsSpan(), conv.Output.Shape[3], conv.Filter.Height, rowLength),
                $"{conv.Weights}, packed in blocks of 4 inputs by 8 outputs"),
            context.Bake(conv.Output.Name + ".bias", FoldZeroPoint(conv, weights, patchLength), "bias - zero point * sum of weights"),
            Literals.Integer(conv.Input.Quantization!.ZeroPoint),
            RequantizationEmitter.OfProduct(context, context.Graph.Rounding, conv.Input, conv.Weights, conv.Output, conv.Window.Activation),
            scratch == 0 ? "default" : context.Scratch(conv.Output.Name + ".patch", TensorType.Int8, scratch),
            context.Span(conv.Output));
    }

    private static int[] FoldZeroPoint(Conv2D conv, sbyte[] weights, int patchLength)
    {
        int zeroPoint = conv.Input.Quantization!.ZeroPoint;
        return [.. ConvolutionConstants.Bias(conv).Select((bias, o) => unchecked(
            bias - (zeroPoint * new ArraySegment<sbyte>(weights, o * patchLength, patchLength).Sum(w => (int)w))))];
    }
}
