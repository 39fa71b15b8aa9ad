using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>int8, int16 or float32, over all channels or groups of them.</summary>
internal sealed class Conv2DEmitter : IOperatorEmitter
{
    public static readonly Conv2DEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var conv = (Conv2D)op;
        if (conv.IsHybrid)
        {
            return ConvolutionHybrid.Lower(conv, context);
        }

        if (conv.Input.Type == TensorType.Int16)
        {
            return ConvolutionInt16.Lower(conv, context);
        }

        if (conv.Groups > 1)
        {
            return ConvolutionGrouped.Lower(conv, context);
        }

        if (conv.Input.Type == TensorType.Float32)
        {
            return ConvolutionFloat32.Lower(conv, ConvolutionConstants.FloatWeights(conv), context);
        }

        return ConvolutionInt4.Applies(conv)
            ? ConvolutionInt4.Lower(
                conv, ConvolutionConstants.Weights(conv), Int4Data.Codes(conv.Weights.Stored), context)
            : ConvolutionInt8.Lower(conv, ConvolutionConstants.Weights(conv), context);
    }
}
