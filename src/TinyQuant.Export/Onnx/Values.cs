using TinyQuant.Model;
using DataType = TinyQuant.Export.Onnx.TensorProto.Types.DataType;

namespace TinyQuant.Export.Onnx;

/// <summary>
/// Tensors of a graph as reals, and reals as tensors of a graph: where codes are dequantized and quantized.
/// </summary>
internal static class Values
{
    /// <summary>
    /// An activation as reals: itself, or dequantized for this one reader, as ONNX Runtime's fusion wants it.
    /// </summary>
    /// <param name="graph">Where.</param>
    /// <param name="tensor">float32 or int8, with one scale.</param>
    /// <param name="factor">What the reals are multiplied by.</param>
    public static string Real(this OnnxGraph graph, Tensor tensor, float factor = 1)
    {
        if (tensor.Type == TensorType.Float32)
        {
            return factor == 1
                ? tensor.Name
                : graph.Node("Mul", [tensor.Name, graph.Constant(tensor.Name + ":factor", [factor])]);
        }

        Quantization quantization = Single(tensor);
        return graph.Node("DequantizeLinear",
            [tensor.Name, graph.Constant(tensor.Name + ":scale", [quantization.Scale * factor]),
                graph.Code(tensor.Name + ":zero", quantization.ZeroPoint)]);
    }

    /// <summary>int8 weights as reals.</summary>
    /// <param name="graph">Where.</param>
    /// <param name="weights">With zero point 0.</param>
    /// <param name="data">Its elements in the order of ONNX.</param>
    /// <param name="axis">The dimension of the output channels in ONNX.</param>
    /// <param name="shape">The dimensions in ONNX.</param>
    public static string Weights(
        this OnnxGraph graph, Tensor weights, ReadOnlySpan<byte> data, int axis, params long[] shape)
    {
        if (weights.Type == TensorType.Float32)
        {
            return graph.Constant(weights.Name, DataType.Float, data, shape);
        }

        float[] scales = [.. weights.Quantization!.Scales];
        string codes = graph.Constant(weights.Name, DataType.Int8, data, shape);
        return scales.Length == 1
            ? graph.Node("DequantizeLinear",
                [codes, graph.Constant(weights.Name + ":scale", scales),
                    graph.Constant(weights.Name + ":zero", DataType.Int8, [0])])
            : graph.Node("DequantizeLinear",
                [codes, graph.Constant(weights.Name + ":scale", scales, scales.Length),
                    graph.Constant(weights.Name + ":zero", DataType.Int8, new byte[scales.Length], scales.Length)],
                Attributes.Of("axis", axis));
    }

    /// <summary>A bias as reals: int32 with the scale of its products.</summary>
    public static string Bias(this OnnxGraph graph, Tensor bias, Tensor input, Tensor weights)
    {
        byte[] data = [.. bias.Data!.Value];
        if (bias.Type == TensorType.Float32)
        {
            return graph.Constant(bias.Name, DataType.Float, data, bias.ElementCount);
        }

        float[] scales = [.. weights.Quantization!.Scales.Select(s => s * Single(input).Scale)];
        string codes = graph.Constant(bias.Name, DataType.Int32, data, bias.ElementCount);
        return scales.Length == 1
            ? graph.Node("DequantizeLinear",
                [codes, graph.Constant(bias.Name + ":scale", scales),
                    graph.Constant(bias.Name + ":zero", DataType.Int32, new byte[sizeof(int)])])
            : graph.Node("DequantizeLinear",
                [codes, graph.Constant(bias.Name + ":scale", scales, scales.Length),
                    graph.Constant(
                        bias.Name + ":zero", DataType.Int32, new byte[scales.Length * sizeof(int)], scales.Length)],
                Attributes.Of("axis", 0));
    }

    /// <summary>Makes reals an activation of the graph: clamped and, for int8, quantized.</summary>
    public static void Store(this OnnxGraph graph, Tensor tensor, string real, Activation activation = Activation.None)
    {
        if (tensor.Type == TensorType.Int8)
        {
            Quantization quantization = Single(tensor);
            graph.Node("QuantizeLinear", tensor.Name,
                [ClampToCodes(graph, tensor, real, activation),
                    graph.Constant(tensor.Name + ":scale", [quantization.Scale]),
                    graph.Code(tensor.Name + ":zero", quantization.ZeroPoint)]);
            return;
        }

        if (tensor.Type != TensorType.Float32)
        {
            throw new UnsupportedException($"output {tensor} is not supported; expected int8 or float32");
        }

        if (activation == Activation.None)
        {
            graph.Name(real, tensor.Name);
        }
        else if (activation == Activation.Relu)
        {
            graph.Node("Relu", tensor.Name, [real]);
        }
        else
        {
            (float min, float max) = activation.Range();
            graph.Node("Clip", tensor.Name,
                [real, graph.Constant(tensor.Name + ":min", [min]), graph.Constant(tensor.Name + ":max", [max])]);
        }
    }

    // Where the ends of the codes are those of the activation, QuantizeLinear, which saturates, does all of it.
    private static string ClampToCodes(OnnxGraph graph, Tensor tensor, string real, Activation activation)
    {
        Quantization quantization = Single(tensor);
        (int min, int max) = Codes.Range(activation, quantization);
        if ((min, max) == (sbyte.MinValue, sbyte.MaxValue))
        {
            return real;
        }

        if (activation == Activation.Relu)
        {
            return graph.Node("Relu", [real]);
        }

        return graph.Node("Clip",
            [real, graph.Constant(tensor.Name + ":min", [Bound(min)]),
                graph.Constant(tensor.Name + ":max", [Bound(max)])]);

        float Bound(int code) => (code - quantization.ZeroPoint) * quantization.Scale;
    }

    private static Quantization Single(Tensor tensor) =>
        tensor.Quantization is { IsPerChannel: false } quantization && tensor.Type == TensorType.Int8
        ? quantization
        : throw new UnsupportedException(
            $"activation {tensor} is not supported; expected float32, or int8 with one scale");
}
