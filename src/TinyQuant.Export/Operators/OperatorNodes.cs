using TinyQuant.Export.Onnx;
using TinyQuant.Model;

namespace TinyQuant.Export.Operators;

/// <summary>The nodes of each operator.</summary>
internal static class OperatorNodes
{
    /// <summary>Adds an operator's nodes.</summary>
    /// <exception cref="UnsupportedException">ONNX, or this writer, has none that compute the same.</exception>
    public static void Add(OnnxGraph graph, Operator op)
    {
        if (op.Inputs.FirstOrDefault(t => t.IsVariable || (t.IsConstant && !HasConstants(op, t))) is { } input)
        {
            throw new UnsupportedException($"input {input} is a constant or a state; expected an activation");
        }

        switch (op)
        {
            case FullyConnected dense:
                DenseNodes.Add(graph, dense);
                break;
            case Conv2D or DepthwiseConv2D:
                ConvolutionNodes.Add(graph, (Convolution)op);
                break;
            case AveragePool2D average:
                PoolingNodes.Add(graph, average);
                break;
            case MaxPool2D max:
                PoolingNodes.Add(graph, max);
                break;
            case Mean mean:
                MeanNodes.Add(graph, mean);
                break;
            case Add add:
                AddNodes.Add(graph, add);
                break;
            case Softmax softmax:
                SoftmaxNodes.Add(graph, softmax);
                break;
            case ShapeChange change:
                ShapeNodes.Reshape(graph, change.Input, change.Output);
                break;
            case Pad pad:
                PadNodes.Add(graph, pad);
                break;
            case Quantize or Dequantize:
                ConversionNodes.Add(graph, (UnaryOperator)op);
                break;
            case Logistic or Relu or Relu6 or ReluN1To1:
                UnaryNodes.Add(graph, (UnaryOperator)op);
                break;
            default:
                throw new UnsupportedException("it is not supported");
        }
    }

    private static bool HasConstants(Operator op, Tensor input) =>
        op is FullyConnected or Convolution && !ReferenceEquals(op.Inputs[0], input);
}
