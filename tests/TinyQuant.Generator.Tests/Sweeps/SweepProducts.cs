using System.Globalization;
using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Generator.Tests.Sweeps;

/// <summary>
/// Sums of products: one input element at its zero point and weights of 0, so that each of 256 sums is its bias, and nothing
/// but scaling, rounding and clamping is tried.
/// </summary>
internal static class SweepProducts
{
    private const int Outputs = 256;

    public static SweepModel Of(string kind, SweepLine line, Rounding rounding)
    {
        bool isImage = kind != "FULLY_CONNECTED";
        Quantization input = line.Quantization("input");
        Tensor x = new("x", TensorType.Int8, isImage ? [1, 1, 1, 1] : [1, 1], input);
        (int[] shape, int axis) = kind switch
        {
            "FULLY_CONNECTED" => ([Outputs, 1], 0),
            "DEPTHWISE_CONV_2D" => (new[] { 1, 1, 1, Outputs }, 3),
            _ => ([Outputs, 1, 1, 1], 0),
        };
        float[] scales = [.. line.Text("weight scales").Split(' ').Select(s => float.Parse(s, CultureInfo.InvariantCulture))];
        Tensor weights = new("weights", TensorType.Int8, [.. shape], new([.. scales], 0, axis), [.. new byte[Outputs]]);
        int[] values = SweepInputs.Biases(line.Integer("bias"), line.Integer("bits of bias"), Outputs);
        Tensor bias = new("bias", TensorType.Int32, [Outputs], null, [.. MemoryMarshal.AsBytes(values.AsSpan())]);
        Tensor y = new("y", TensorType.Int8, isImage ? [1, 1, 1, Outputs] : [1, Outputs], line.Quantization("output"));
        var window = new WindowOptions { Activation = SweepModel.Activation(line) };
        Operator op = kind switch
        {
            "FULLY_CONNECTED" => new FullyConnected([x, weights, bias], y, SweepModel.Activation(line)),
            "CONV_2D" => new Conv2D([x, weights, bias], y, window),
            "DEPTHWISE_CONV_2D" => new DepthwiseConv2D([x, weights, bias], y, window),
            _ => new TransposeConv([x, weights, bias], y, window),
        };
        return SweepModel.Of(op, rounding, [unchecked((byte)input.ZeroPoint)]);
    }
}
