using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Static int8: zero points folded into the bias, requantization as multipliers and shifts.</summary>
internal sealed class FullyConnectedInt8Emitter : IAccumulatorEmitter
{
    private const string Kernel = "Kernels::FullyConnected";
    private const int AccumulatorArguments = 3; // input, weights, bias

    public static readonly FullyConnectedInt8Emitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var fc = (FullyConnected)op;
        var weights = new FullyConnectedWeights(fc);
        int[] bias = FoldZeroPoint(fc);
        return context.Call(op, $"{Kernel}.Int8<{weights.Range}, {TypeArguments.Requantizer(context.Graph.Rounding)}>",
            context.Span(fc.Input),
            weights.Bake(context),
            context.Bake(fc.Output.Name + ".bias", bias, "bias - zero point * sum of weights"),
            Requantization(fc, context),
            context.Span(fc.Output));
    }

    public bool AccumulatorsOrderScores(Operator op) => !((FullyConnected)op).Weights.Quantization!.IsPerChannel;

    public KernelCall LowerToAccumulators(KernelCall call, ArenaBuffer accumulators) => call with
    {
        Method = $"{Kernel}.Accumulate<{new FullyConnectedWeights((FullyConnected)call.Operator).Range}>",
        Arguments = [.. call.Arguments.Take(AccumulatorArguments), accumulators.Identifier],
        Buffers = [.. call.Buffers.Where(b => call.Arguments[0].Text == b.Identifier), accumulators],
    };

    public KernelCall OfPixels(KernelCall accumulate, string pixels, LoweringContext context)
    {
        var fc = (FullyConnected)accumulate.Operator;
        var weights = new FullyConnectedWeights(fc);
        int[] bias = [.. FoldZeroPoint(fc).Select((b, o) => unchecked(b - (128 * weights.Sums[o])))];
        string unsignedBias = context.Bake(
            fc.Output.Name + ".unsigned.bias", bias, "the bias - 128 * sum of weights, for pixels");
        return accumulate with
        {
            Arguments = accumulate.Arguments.SetItem(0, pixels)
            .Insert(AccumulatorArguments, unsignedBias)
        };
    }

    /// <summary>bias - zero point * sum of weights, for each output.</summary>
    public static int[] FoldZeroPoint(FullyConnected fc)
    {
        var weights = new FullyConnectedWeights(fc);
        int[] bias = fc.Bias is { Data: { } data }
            ? MemoryMarshal.Cast<byte, int>(data.AsSpan()).ToArray()
            : new int[weights.Outputs];
        int zeroPoint = fc.Input.Quantization!.ZeroPoint;
        return [.. bias.Select((b, o) => unchecked(b - (zeroPoint * weights.Sums[o])))];
    }

    /// <summary>The multipliers of fixed point, and of float32 as <c>float-even</c> has them.</summary>
    public static KernelArgument Requantization(FullyConnected fc, LoweringContext context)
    {
        float input = fc.Input.Quantization!.Scale;
        float output = fc.Output.Quantization!.Scale;
        return RequantizationEmitter.Write(
            context, context.Graph.Rounding, fc.Output, fc.Activation, FullyConnectedScaling.Reals(fc),
            [.. fc.Weights.Quantization!.Scales.Select(s => (float)((float)(input * s) / output))]);
    }
}
