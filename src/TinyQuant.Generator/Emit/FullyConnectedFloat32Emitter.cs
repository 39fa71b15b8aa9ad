using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>All float32; the weights stay row by row, as the model file holds them.</summary>
internal sealed class FullyConnectedFloat32Emitter : IOperatorEmitter
{
    public static readonly FullyConnectedFloat32Emitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var fc = (FullyConnected)op;
        (float min, float max) = fc.Activation.Range();
        ImmutableArray<string> arguments =
        [
            context.Span(fc.Input),
            context.Bake(fc.Weights.Name, TensorType.Float32, [.. fc.Weights.Data!.Value], fc.Weights.ToString()),
            BakeBias(fc, context),
            Literals.Float(min),
            Literals.Float(max),
            context.Span(fc.Output),
        ];
        return new KernelCall(op, "Kernels::FullyConnected.Float32", arguments,
            [.. context.BuffersOf([fc.Input, fc.Output])]);
    }

    public bool AccumulatorsOrderScores(Operator op) => false;

    public KernelCall LowerToAccumulators(KernelCall call, ArenaBuffer accumulators) =>
        throw new InvalidOperationException("The scores are float32.");

    public KernelCall OfPixels(KernelCall accumulate, string pixels) =>
        throw new InvalidOperationException("The input is float32.");

    public static string BakeBias(FullyConnected fc, LoweringContext context) => fc.Bias is { } bias
        ? context.Bake(bias.Name, TensorType.Float32, [.. bias.Data!.Value], bias.ToString())
        : context.Bake(fc.Output.Name + ".bias", TensorType.Float32, new byte[fc.Weights.Shape[0] * sizeof(float)], "no bias");
}
