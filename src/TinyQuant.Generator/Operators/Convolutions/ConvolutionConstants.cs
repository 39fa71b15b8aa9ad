using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>What the convolutions bake besides their weights.</summary>
internal static class ConvolutionConstants
{
    /// <summary>The int8 weights in the order of the model file.</summary>
    public static sbyte[] Weights(Convolution op) =>
        MemoryMarshal.Cast<byte, sbyte>(op.Weights.Data!.Value.AsSpan()).ToArray();

    /// <summary>The float32 weights in the order of the model file.</summary>
    public static float[] FloatWeights(Convolution op) =>
        MemoryMarshal.Cast<byte, float>(op.Weights.Data!.Value.AsSpan()).ToArray();

    /// <summary>Weights [height, width, outputs] as [outputs, height, width].</summary>
    public static T[] OutputsFirst<T>(T[] weights, int outputs)
    {
        int taps = weights.Length / outputs;
        var transposed = new T[weights.Length];
        for (int tap = 0; tap < taps; tap++)
        {
            for (int output = 0; output < outputs; output++)
            {
                transposed[(output * taps) + tap] = weights[(tap * outputs) + output];
            }
        }

        return transposed;
    }

    /// <summary>The int32 bias; zeros where the operator has none.</summary>
    public static int[] Bias(Convolution op) => op.Bias is { Data: { } data }
        ? MemoryMarshal.Cast<byte, int>(data.AsSpan()).ToArray()
        : new int[op.Output.Shape[3]];

    /// <summary>The span of the float32 bias; zeros where the operator has none.</summary>
    public static string FloatBias(Convolution op, LoweringContext context) => op.Bias is { } bias
        ? context.Span(bias)
        : context.Bake(
            op.Output.Name + ".bias", TensorType.Float32, new byte[op.Output.Shape[3] * sizeof(float)], "no bias");
}
