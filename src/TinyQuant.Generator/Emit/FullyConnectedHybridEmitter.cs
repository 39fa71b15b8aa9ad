using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>float32 activations, quantized on each call, times int8 weights.</summary>
internal sealed class FullyConnectedHybridEmitter : IOperatorEmitter
{
    public static readonly FullyConnectedHybridEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var fc = (FullyConnected)op;
        if (fc.Weights.Quantization!.IsPerChannel)
        {
            throw new UnsupportedModelException(op.Line,
                $"FullyConnected: hybrid weights '{fc.Weights.Name}' have a scale for each channel; expected one scale");
        }
        var weights = new FullyConnectedWeights(fc);
        ArenaBuffer codes = context.Scratch(fc.Output.Name + ".codes", TensorType.Int8, fc.Depth, index, index);
        (float min, float max) = fc.Activation.Range();
        ImmutableArray<string> arguments =
        [
            context.Span(fc.Input),
            weights.Bake(context),
            context.Bake(fc.Output.Name + ".weight.sums", weights.Sums, "sum of weights of each output"),
            Literals.Float(fc.Weights.Quantization.Scale),
            FullyConnectedFloat32Emitter.BakeBias(fc, context),
            Literals.Float(min),
            Literals.Float(max),
            codes.Identifier,
            context.Span(fc.Output),
        ];
        return new KernelCall(op, $"Kernels::FullyConnected.Hybrid<{weights.Range}>", arguments,
            [.. context.BuffersOf([fc.Input, fc.Output]), codes]);
    }

    public bool AccumulatorsOrderScores(Operator op) => false;

    public KernelCall LowerToAccumulators(KernelCall call, ArenaBuffer accumulators) =>
        throw new InvalidOperationException("The scores are float32.");

    public KernelCall OfPixels(KernelCall accumulate, string pixels) =>
        throw new InvalidOperationException("The input is float32.");
}
