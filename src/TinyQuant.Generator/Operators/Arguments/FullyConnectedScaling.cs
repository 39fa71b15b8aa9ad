using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>The real multipliers of a dense layer's sums.</summary>
internal static class FullyConnectedScaling
{
    /// <summary>
    /// Per tensor the product of the scales is float32 and per channel double, as in TFLM's kernel_util.cc
    /// (GetQuantizedConvolutionMultipler) and fully_connected_common.cc.
    /// </summary>
    public static double[] Reals(FullyConnected fc)
    {
        Quantization weights = fc.Weights.Quantization!;
        float input = fc.Input.Quantization!.Scale;
        float output = fc.Output.Quantization!.Scale;
        return weights.IsPerChannel
            ? [.. weights.Scales.Select(s => (double)input * s / output)]
            : [(double)(float)(input * weights.Scale) / output];
    }
}
