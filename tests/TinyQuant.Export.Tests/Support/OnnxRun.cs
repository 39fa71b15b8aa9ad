using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using TinyQuant.Export.Onnx;
using TinyQuant.Model;

namespace TinyQuant.Export.Tests.Support;

/// <summary>An exported graph in ONNX Runtime, over tensors in the graph's own order and codes.</summary>
internal sealed class OnnxRun : IDisposable
{
    private readonly Graph _graph;
    private readonly InferenceSession _session;

    public OnnxRun(Graph graph)
    {
        _graph = graph;
        ExportResult result = OnnxExporter.Export(graph);
        Assert.Empty(result.Errors);
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        // Without this, ONNX Runtime adds u8 x s8 products in 16 bits on processors without VNNI, and saturates.
        options.AddSessionConfigEntry("session.x64quantprecision", "1");
        _session = new InferenceSession(result.File, options);
    }

    public void Dispose() => _session.Dispose();

    public byte[][] Run(IReadOnlyList<byte[]> inputs)
    {
        using var run = new RunOptions();
        OrtValue[] values = [.. _graph.Inputs.Select((t, i) => ToOnnx(t, inputs[i]))];
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(
            run, [.. _graph.Inputs.Select(t => t.Name)], values, [.. _graph.Outputs.Select(t => t.Name)]);
        byte[][] result = [.. _graph.Outputs.Select((t, i) => FromOnnx(t, outputs[i]))];
        Array.ForEach(values, v => v.Dispose());
        return result;
    }

    private static OrtValue ToOnnx(Tensor tensor, byte[] bytes)
    {
        byte[] data = OnnxExporter.ToOnnx(tensor, bytes);
        return tensor.Type == TensorType.Float32
            ? OrtValue.CreateTensorValueFromMemory(MemoryMarshal.Cast<byte, float>(data).ToArray(), tensor.OnnxShape())
            : OrtValue.CreateTensorValueFromMemory(data, tensor.OnnxShape());
    }

    private static byte[] FromOnnx(Tensor tensor, OrtValue value)
    {
        Assert.Equal(tensor.OnnxShape(), value.GetTensorTypeAndShape().Shape);
        byte[] data = tensor.Type == TensorType.Float32
            ? MemoryMarshal.AsBytes(value.GetTensorDataAsSpan<float>()).ToArray()
            : Array.ConvertAll(value.GetTensorDataAsSpan<byte>().ToArray(), b => (byte)(b ^ 0x80));
        int[] shape = [.. tensor.OnnxShape().Select(d => (int)d)];
        return tensor.IsImage() ? Layout.Permute(data, tensor.Type.SizeInBytes(), shape, [.. Layout.ToGraph]) : data;
    }
}
