using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>The constants that take accumulators to codes, in the model's rounding.</summary>
internal static class RequantizationEmitter
{
    /// <summary>Bakes the constants of an operator and returns the argument that holds them.</summary>
    /// <param name="context">Where to bake.</param>
    /// <param name="rounding">The operator's rounding.</param>
    /// <param name="output">The operator's output.</param>
    /// <param name="activation">What it clamps to.</param>
    /// <param name="reals">The real multipliers of fixed point, in the precision that TensorFlow Lite has for the
    /// operator: one, or one for each channel.</param>
    /// <param name="scales">The same in float32 throughout, as XNNPACK and ONNX Runtime compute them.</param>
    public static KernelArgument Write(
        LoweringContext context, Rounding rounding, Tensor output, Activation activation, double[] reals,
        float[] scales)
    {
        string name = output.Name;
        (int min, int max) = ActivationRange.Quantized(activation, output.Quantization!);
        KernelArgument[] clamp = [("zeroPoint", output.Quantization!.ZeroPoint), ("min", min), ("max", max)];
        if (rounding == Rounding.FloatEven)
        {
            byte[] bytes = MemoryMarshal.AsBytes(scales.AsSpan()).ToArray();
            return KernelArgument.New("Kernels::Requantization",
                [context.Bake(name + ".scales", TensorType.Float32, bytes, "requantization scales"), .. clamp]);
        }

        FixedPointMultiplier[] multipliers = [.. reals.Select(r => FixedPointMultiplier.Of(r, rounding))];
        return KernelArgument.New("Kernels::Requantization",
        [
            context.Bake(
                name + ".multipliers", [.. multipliers.Select(m => m.Multiplier)], "requantization multipliers, Q0.31"),
            context.Bake(name + ".shifts", [.. multipliers.Select(m => m.Shift)],
                "requantization shifts, negative to the right"),
            .. clamp,
        ]);
    }

    /// <summary>
    /// For convolutions: <c>(double)s_in · s_w / s_out</c>, and in legacy ones <c>(float)(s_in · s_w) / s_out</c>, as
    /// in TensorFlow Lite's kernel_util.cc (GetQuantizedConvolutionMultipler).
    /// </summary>
    public static KernelArgument OfProduct(LoweringContext context, Rounding rounding, Convolution conv)
    {
        float input = conv.Input.Quantization!.Scale;
        float output = conv.Output.Quantization!.Scale;
        ImmutableArray<float> scales = conv.Weights.Quantization!.Scales;
        return Write(context, rounding, conv.Output, conv.Window.Activation,
            [.. scales.Select(s => (conv.IsLegacy ? (float)(input * s) : (double)input * s) / output)],
            [.. scales.Select(s => (float)((float)(input * s) / output))]);
    }
}
