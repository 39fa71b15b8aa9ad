using TinyQuant.Export.Onnx;
using TinyQuant.Model;

namespace TinyQuant.Export.Operators;

/// <summary>CONV_2D and DEPTHWISE_CONV_2D as Conv.</summary>
internal static class ConvolutionNodes
{
    public static void Add(OnnxGraph graph, Convolution op)
    {
        if (op.IsHybrid)
        {
            throw new UnsupportedException(
                "float32 activations with int8 weights are not supported; expected all int8 or all float32");
        }

        if (op.WeightsZeroPoint != 0)
        {
            throw new UnsupportedException("its weights have a zero point; expected 0");
        }

        bool isDepthwise = op is DepthwiseConv2D;
        // [1, height, width, channels] or [outputs, height, width, inputs] to [outputs, inputs of a group, height,
        // width].
        int[] permutation = isDepthwise ? [3, 0, 1, 2] : [0, 3, 1, 2];
        byte[] data = Layout.Permute(
            [.. op.Weights.Data!.Value], op.Weights.Type.SizeInBytes(), op.Weights.Shape, permutation);
        string weights = graph.Weights(op.Weights, data, 0, [.. permutation.Select(d => (long)op.Weights.Shape[d])]);
        string input = graph.Real(op.Input);
        string[] inputs = op.Bias is { } bias
            ? [input, weights, graph.Bias(bias, op.Input, op.Weights)]
            : [input, weights];
        WindowOptions window = op.Window;
        string result = graph.Node("Conv", inputs,
            Attributes.Of("kernel_shape", [op.Filter.Height, op.Filter.Width]),
            Attributes.Of("strides", [window.StrideHeight, window.StrideWidth]),
            Attributes.Of("dilations", [window.DilationHeight, window.DilationWidth]),
            Attributes.Of("pads", Pads.Of(op.Input, op.Output, op.Filter, window)),
            Attributes.Of("group", op is Conv2D conv ? conv.Groups : op.Input.Shape[3]));
        graph.Store(op.Output, result, window.Activation);
    }
}
