using System.Collections.Immutable;
using System.Text;
using Google.Protobuf;
using TinyQuant.Export.Onnx;
using TinyQuant.Export.Operators;
using TinyQuant.Model;

namespace TinyQuant.Export;

/// <summary>
/// A graph as ONNX, in the form that ONNX Runtime is fastest with: quantized operators stand as reals between
/// DequantizeLinear and QuantizeLinear, activations are uint8 (code + 128), weights int8, biases int32, and images
/// [batches, channels, height, width]. The arithmetic is the engine's own, so that a code may differ by one an operator
/// from what <see cref="Rounding.FloatEven"/> gives.
/// </summary>
public static class OnnxExporter
{
    private const int IrVersion = 8;

    /// <summary>Of the operators: the last in which the axes of a reduction are attributes.</summary>
    private const int OperatorSet = 17;

    /// <summary>The bytes of an .onnx file, or everything that stands against it.</summary>
    /// <param name="graph">A valid graph, int8 or float32; <c>docs/export.md</c> lists the operators.</param>
    public static ExportResult Export(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        graph = StoredConstants.Widen(graph);
        var errors = ImmutableArray.CreateBuilder<ExportError>();
        var target = new OnnxGraph(graph);
        errors.AddRange(InterfaceErrors(graph));
        for (int i = 0; i < graph.Operators.Length; i++)
        {
            try
            {
                OperatorNodes.Add(target, graph.Operators[i]);
            }
            catch (UnsupportedException e)
            {
                errors.Add(new ExportError(e.Message) { OperatorIndex = i, Operator = graph.Operators[i] });
            }
        }

        return errors.Count > 0
            ? ExportResult.Of(errors.ToImmutable())
            : ExportResult.Of(Model(target.Build()).ToByteArray());
    }

    /// <summary>
    /// Elements of an input or output as the ONNX file takes or gives them: codes + 128, images transposed.
    /// </summary>
    /// <param name="tensor">The tensor of the graph; int8 or float32.</param>
    /// <param name="data">Its elements, little-endian; those of several runs may follow one another.</param>
    /// <exception cref="ArgumentException">The length is not that of one run or several.</exception>
    public static byte[] ToOnnx(Tensor tensor, ReadOnlySpan<byte> data)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (data.Length % tensor.ByteLength != 0)
        {
            throw new ArgumentException(
                Invariant($"There are {data.Length} bytes; expected {tensor.ByteLength} a run."), nameof(data));
        }

        byte[] result = tensor.IsImage()
            ? Layout.Permute(data, tensor.Type.SizeInBytes(),
                [data.Length / tensor.ByteLength * tensor.Shape[0], .. tensor.Shape.Skip(1)], [.. Layout.ToOnnx])
            : data.ToArray();
        return tensor.Type == TensorType.Int8 ? Array.ConvertAll(result, code => Codes.Unsigned((sbyte)code)) : result;
    }

    private static ModelProto Model(GraphProto graph) => new()
    {
        IrVersion = IrVersion,
        ProducerName = "TinyQuant",
        ProducerVersion = typeof(OnnxExporter).Assembly.GetName().Version?.ToString(3) ?? "",
        Graph = graph,
        OpsetImport = { new OperatorSetIdProto { Domain = "", Version = OperatorSet } },
    };

    private static IEnumerable<ExportError> InterfaceErrors(Graph graph)
    {
        foreach (Tensor tensor in graph.Inputs.Concat(graph.Outputs))
        {
            if (tensor.Type is not (TensorType.Int8 or TensorType.Float32))
            {
                yield return new ExportError($"input or output {tensor} is not supported; expected int8 or float32");
            }
        }

        foreach (Tensor tensor in graph.Tensors.Where(t => !IsText(t.Name)))
        {
            yield return new ExportError(
                $"tensor {tensor} has half of a character in its name, which the UTF-8 of ONNX cannot hold; "
                    + "expected another name");
        }

        foreach (Tensor tensor in graph.Outputs.Where(t => !graph.Operators.Any(o => o.Outputs.Contains(t))))
        {
            yield return new ExportError($"output {tensor} is no operator's; expected one that is computed");
        }
    }

    private static bool IsText(string name) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)) == name;
}
