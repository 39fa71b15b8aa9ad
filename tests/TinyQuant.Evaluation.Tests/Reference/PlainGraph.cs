using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>A graph in plain loops, from the model alone: what generated code has to equal.</summary>
internal static class PlainGraph
{
    /// <summary>All activations as raw bytes, by tensor name.</summary>
    public static Dictionary<string, byte[]> Run(Graph graph, IReadOnlyList<byte[]> inputs)
    {
        graph = StoredConstants.Widen(graph);
        var values = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        for (int i = 0; i < inputs.Count; i++)
        {
            values.Add(graph.Inputs[i].Name, inputs[i]);
        }

        foreach (Operator op in graph.Operators)
        {
            byte[] input = values[op.Inputs[0].Name];
            values.Add(op.Outputs[0].Name, op switch
            {
                FullyConnected layer => Run(layer, input, graph.Rounding),
                Convolution convolution => PlainConvolution.Run(convolution, input, graph.Rounding),
                _ => throw new NotSupportedException(op.Kind),
            });
        }

        return values;
    }

    private static byte[] Run(FullyConnected op, byte[] input, Rounding rounding) => op switch
    {
        { Input.Type: TensorType.Int8 } => Bytes(Int8(op, MemoryMarshal.Cast<byte, sbyte>(input), rounding)),
        { IsHybrid: true } => Bytes(Hybrid(op, MemoryMarshal.Cast<byte, float>(input))),
        _ => Bytes(Float32(op, MemoryMarshal.Cast<byte, float>(input))),
    };

    /// <summary>tensorflow/lite/kernels/internal/reference/integer_ops/fully_connected.h.</summary>
    private static sbyte[] Int8(FullyConnected op, ReadOnlySpan<sbyte> input, Rounding rounding)
    {
        int[] sums = Accumulators(op, input);
        var requantization = new PlainRequantization(op.Output.Quantization!, op.Activation, rounding);
        var codes = new sbyte[sums.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            int channel = i % op.Weights.Shape[0];
            codes[i] = requantization.Code(sums[i], RealMultiplier(op, channel),
                PlainRequantization.Scale(op.Input, op.Weights, channel, op.Output));
        }

        return codes;
    }

    /// <summary>The int32 sums of a static layer, bias included, before they become codes.</summary>
    public static int[] Accumulators(FullyConnected op, ReadOnlySpan<sbyte> input)
    {
        ReadOnlySpan<sbyte> weights = Data<sbyte>(op.Weights);
        int outputs = op.Weights.Shape[0];
        int zeroPoint = op.Input.Quantization!.ZeroPoint;
        var sums = new int[op.Rows * outputs];
        for (int row = 0; row < op.Rows; row++)
        {
            for (int o = 0; o < outputs; o++)
            {
                int sum = op.Bias is null ? 0 : Data<int>(op.Bias)[o];
                for (int d = 0; d < op.Depth; d++)
                {
                    sum += weights[(o * op.Depth) + d] * (input[(row * op.Depth) + d] - zeroPoint);
                }

                sums[(row * outputs) + o] = sum;
            }
        }

        return sums;
    }

    /// <summary>EvalHybrid of tensorflow/lite/kernels/fully_connected.cc.</summary>
    private static float[] Hybrid(FullyConnected op, ReadOnlySpan<float> input)
    {
        ReadOnlySpan<sbyte> weights = Data<sbyte>(op.Weights);
        int outputs = op.Weights.Shape[0];
        var reals = new float[op.Rows * outputs];
        for (int row = 0; row < op.Rows; row++)
        {
            (sbyte[] codes, float scale, int zeroPoint) = DynamicQuantization.Run(
                input.Slice(row * op.Depth, op.Depth), op.HasSymmetricInputs);
            for (int o = 0; o < outputs; o++)
            {
                int dot = 0;
                int weightSum = 0;
                for (int d = 0; d < op.Depth; d++)
                {
                    dot += weights[(o * op.Depth) + d] * codes[d];
                    weightSum += weights[(o * op.Depth) + d];
                }

                Quantization quantization = op.Weights.Quantization!;
                float factor = scale * quantization.Scales[quantization.IsPerChannel ? o : 0];
                float product = (dot - (weightSum * zeroPoint)) * factor;
                float sum = (op.Bias is null ? 0 : Data<float>(op.Bias)[o]) + product;
                reals[(row * outputs) + o] = Clamp(sum, op.Activation);
            }
        }

        return reals;
    }

    /// <summary>The sum in double, rounded once; exact in any order where the values are short.</summary>
    private static float[] Float32(FullyConnected op, ReadOnlySpan<float> input)
    {
        ReadOnlySpan<float> weights = Data<float>(op.Weights);
        int outputs = op.Weights.Shape[0];
        var reals = new float[op.Rows * outputs];
        for (int row = 0; row < op.Rows; row++)
        {
            for (int o = 0; o < outputs; o++)
            {
                double sum = op.Bias is null ? 0 : Data<float>(op.Bias)[o];
                for (int d = 0; d < op.Depth; d++)
                {
                    sum += (double)weights[(o * op.Depth) + d] * input[(row * op.Depth) + d];
                }

                reals[(row * outputs) + o] = Clamp((float)sum, op.Activation);
            }
        }

        return reals;
    }

    /// <summary>
    /// Per tensor a float32 product of scales, per channel a double one, as TensorFlow Lite Micro has them.
    /// </summary>
    private static double RealMultiplier(FullyConnected op, int output)
    {
        float input = op.Input.Quantization!.Scale;
        Quantization weights = op.Weights.Quantization!;
        double divisor = op.Output.Quantization!.Scale;
        return weights.IsPerChannel
            ? (double)input * weights.Scales[output] / divisor
            : (float)(input * weights.Scale) / divisor;
    }

    /// <summary>The activation of a real value.</summary>
    public static float Clamp(float real, Activation activation) => activation switch
    {
        Activation.Relu => Math.Max(real, 0),
        Activation.Relu6 => Math.Min(Math.Max(real, 0), 6),
        Activation.ReluN1To1 => Math.Min(Math.Max(real, -1), 1),
        _ => real,
    };

    /// <summary>The elements of a constant.</summary>
    public static ReadOnlySpan<T> Data<T>(Tensor tensor)
        where T : struct => MemoryMarshal.Cast<byte, T>(tensor.Data!.Value.AsSpan());

    /// <summary>Elements as raw bytes.</summary>
    public static byte[] Bytes<T>(T[] values)
        where T : struct => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
}
