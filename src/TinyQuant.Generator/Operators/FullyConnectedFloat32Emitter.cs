using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>All float32; the weights stay row by row, as the model file holds them.</summary>
internal sealed class FullyConnectedFloat32Emitter : IOperatorEmitter
{
    public static readonly FullyConnectedFloat32Emitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var fc = (FullyConnected)op;
        (float min, float max) = ActivationRange.Float32(fc.Activation);
        return context.Call(op, "Kernels::FullyConnected.Float32",
            context.Span(fc.Input), context.Span(fc.Weights), BakeBias(fc, context), ("min", min), ("max", max),
            context.Span(fc.Output));
    }

    public static string BakeBias(FullyConnected fc, LoweringContext context) => fc.Bias is { } bias
        ? context.Span(bias)
        : context.Bake(
            fc.Output.Name + ".bias", TensorType.Float32, new byte[fc.Weights.Shape[0] * sizeof(float)], "no bias");
}
