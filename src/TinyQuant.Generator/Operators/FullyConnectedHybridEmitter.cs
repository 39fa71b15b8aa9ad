using System.Collections.Immutable;
using System.Runtime.InteropServices;
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
        ImmutableArray<float> scales = fc.Weights.Quantization!.Scales;
        (string method, KernelArgument scale) = (fc.HasSymmetricInputs, scales.Length) switch
        {
            (false, 1) => ("Hybrid", ("weightScale", scales[0])),
            (false, _) => ("HybridChannels", Bake(fc, scales, context)),
            _ => ("HybridSymmetric", Bake(fc, scales, context)),
        };
        return context.Call(op, $"Kernels::FullyConnected.{method}<{weights.Range}>",
            context.Span(fc.Input),
            weights.Bake(context),
            context.Bake(fc.Output.Name + ".weight.sums", weights.Sums, "sum of weights of each output"),
            scale,
            FullyConnectedFloat32Emitter.BakeBias(fc, context),
            ("min", min),
            ("max", max),
            context.Scratch(fc.Output.Name + ".codes", TensorType.Int8, fc.Depth),
            context.Span(fc.Output));
    }

    private static KernelArgument Bake(FullyConnected fc, ImmutableArray<float> scales, LoweringContext context) =>
        ("weightScales", context.Bake(
            fc.Output.Name + ".scales", TensorType.Float32, MemoryMarshal.AsBytes(scales.AsSpan()).ToArray(),
            "scales of the weights"));
}
