using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Static int8: zero points folded into the bias, requantization as multipliers and shifts.</summary>
internal sealed class FullyConnectedInt8Emitter : IAccumulatorEmitter
{
    private const string Kernel = "Kernels::FullyConnected";
    private const int AccumulatorArguments = 4; // input, weights, bias, unsigned bias

    public static readonly FullyConnectedInt8Emitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var fc = (FullyConnected)op;
        var weights = new FullyConnectedWeights(fc);
        int[] bias = FoldZeroPoint(fc, weights);
        weights.CheckAccumulators(bias);
        string name = fc.Output.Name;
        int[] unsignedBias = [.. bias.Select((b, o) => unchecked(b - (128 * weights.Sums[o])))];
        FixedPointMultiplier[] multipliers = Multipliers(fc);
        if (multipliers.Any(m => m.Shift > FixedPointMultiplier.MaxShift))
        {
            throw new UnsupportedModelException(op.Line, $"FullyConnected: the scale of '{fc.Output.Name}' is so small against "
                + "those of the input and the weights that no shift reaches it; expected a ratio below 2^30");
        }
        (int min, int max) = ActivationRange.Quantized(fc.Activation, fc.Output.Quantization!);
        return context.Call(op, $"{Kernel}.Int8<{weights.Range}, {RoundingNames.Requantizer(context.Graph.Rounding, op)}>",
            context.Span(fc.Input),
            weights.Bake(context),
            context.Bake(name + ".bias", bias, "bias - zero point * sum of weights, for signed inputs"),
            context.Bake(name + ".unsigned.bias", unsignedBias, "the same - 128 * sum of weights, for inputs + 128"),
            "new Kernels::Requantization("
                + context.Bake(name + ".multipliers", [.. multipliers.Select(m => m.Multiplier)], "requantization multipliers, Q0.31")
                + ", " + context.Bake(name + ".shifts", [.. multipliers.Select(m => m.Shift)], "requantization shifts, negative to the right")
                + $", zeroPoint: {fc.Output.Quantization!.ZeroPoint}, min: {min}, max: {max})",
            context.Span(fc.Output));
    }

    public bool AccumulatorsOrderScores(Operator op) => !((FullyConnected)op).Weights.Quantization!.IsPerChannel;

    public KernelCall LowerToAccumulators(KernelCall call, ArenaBuffer accumulators) => call with
    {
        Method = $"{Kernel}.Accumulate<{new FullyConnectedWeights((FullyConnected)call.Operator).Range}>",
        Arguments = [.. call.Arguments.Take(AccumulatorArguments), accumulators.Identifier],
        Buffers = [.. call.Buffers.Where(b => call.Arguments[0] == b.Identifier), accumulators],
    };

    public KernelCall OfPixels(KernelCall accumulate, string pixels) =>
        accumulate with { Arguments = accumulate.Arguments.SetItem(0, pixels) };

    private static int[] FoldZeroPoint(FullyConnected fc, FullyConnectedWeights weights)
    {
        int[] bias = fc.Bias is { Data: { } data }
            ? MemoryMarshal.Cast<byte, int>(data.AsSpan()).ToArray()
            : new int[weights.Outputs];
        int zeroPoint = fc.Input.Quantization!.ZeroPoint;
        return [.. bias.Select((b, o) => checked(b - (zeroPoint * weights.Sums[o])))];
    }

    /// <summary>
    /// Per tensor the product of the scales is float32 and per channel double, as in TFLM's kernel_util.cc
    /// (GetQuantizedConvolutionMultipler) and fully_connected_common.cc.
    /// </summary>
    private static FixedPointMultiplier[] Multipliers(FullyConnected fc)
    {
        Quantization weights = fc.Weights.Quantization!;
        float input = fc.Input.Quantization!.Scale;
        double output = fc.Output.Quantization!.Scale;
        return weights.IsPerChannel
            ? [.. weights.Scales.Select(scale => FixedPointMultiplier.Of((double)input * scale / output))]
            : [FixedPointMultiplier.Of((double)(float)(input * weights.Scale) / output)];
    }
}
