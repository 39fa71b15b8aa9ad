using System.Runtime.InteropServices;
using TinyQuant.Kernels.Int16;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// int16 activations with int8 weights, which stay as they are; zero points folded where they can be.
/// </summary>
internal sealed class FullyConnectedInt16Emitter : IOperatorEmitter
{
    public static readonly FullyConnectedInt16Emitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var fc = (FullyConnected)op;
        return context.Call(
            op, $"Kernels::FullyConnected.Int16<{Int16RequantizationEmitter.Sums(fc.Has64BitSums, context)}>",
            context.Span(fc.Input),
            ("inputZeroPoint", fc.Weights.IsConstant ? 0 : fc.Input.Quantization!.ZeroPoint),
            context.Span(fc.Weights),
            ("weightsZeroPoint", fc.WeightsZeroPoint),
            context.Bake(fc.Output.Name + ".bias", TensorType.Int64,
                MemoryMarshal.AsBytes(Bias(fc).AsSpan()).ToArray(), "bias - zero point * sum of weights"),
            Int16RequantizationEmitter.Write(
                context, fc.Output, fc.Activation, fc.Has64BitSums, fc.Output.Quantization!.ZeroPoint,
                FullyConnectedScaling.Reals(fc)),
            context.Scratch(fc.Output.Name + ".row", TensorType.Int16, Int16Layout.Padded(fc.Depth)),
            context.Span(fc.Output));
    }

    private static long[] Bias(FullyConnected fc)
    {
        long[] bias = WideIntegers.Of(fc.Bias, fc.Units);
        int zeroPoint = fc.Input.Quantization!.ZeroPoint;
        if (zeroPoint == 0 || !fc.Weights.IsConstant)
        {
            return bias;
        }

        int[] sums = new FullyConnectedWeights(fc).Sums;
        return [.. bias.Select((b, o) => unchecked(
            b - (zeroPoint * (sums[o] - ((long)fc.Depth * fc.WeightsZeroPoint)))))];
    }
}
