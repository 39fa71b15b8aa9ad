using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>float32 activations, quantized on each call, times int8 weights.</summary>
internal sealed class FullyConnectedHybridEmitter : IOperatorEmitter
{
    public static readonly FullyConnectedHybridEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var fc = (FullyConnected)op;
        var weights = new FullyConnectedWeights(fc);
        // Infinities pass: EvalHybrid in tensorflow/lite/kernels/fully_connected.cc applies the activation and no
        // clamp.
        (float min, float max) = fc.Activation.Range();
        return context.Call(op, $"Kernels::FullyConnected.Hybrid<{weights.Range}>",
            context.Span(fc.Input),
            weights.Bake(context),
            context.Bake(fc.Output.Name + ".weight.sums", weights.Sums, "sum of weights of each output"),
            ("weightScale", fc.Weights.Quantization!.Scale),
            FullyConnectedFloat32Emitter.BakeBias(fc, context),
            ("min", min),
            ("max", max),
            context.Scratch(fc.Output.Name + ".codes", TensorType.Int8, fc.Depth),
            context.Span(fc.Output));
    }
}
