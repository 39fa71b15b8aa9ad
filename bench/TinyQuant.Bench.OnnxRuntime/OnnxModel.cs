using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace TinyQuant.Bench;

/// <summary>An ONNX file in a session of one thread, its inputs and its output bound before the clock starts.</summary>
internal sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly OrtIoBinding[] _bindings;

    /// <summary>A value that is collected lets go of its memory, bound or not.</summary>
    private readonly List<OrtValue> _values = [];
    private int _next;

    /// <param name="file">With one input and one output, and beside it its inputs in a file with <c>.bin</c>
    /// more.</param>
    public OnnxModel(string file)
    {
        using SessionOptions session = SessionOptions();
        _session = new InferenceSession(file, session);
        (string name, NodeMetadata input) = _session.InputMetadata.Single();
        (string outputName, NodeMetadata output) = _session.OutputMetadata.Single();
        int bytes = Length(input) * (input.ElementDataType == TensorElementType.Float ? sizeof(float) : 1);
        var inputs = BenchInputs.Read(file + ".bin", bytes);
        OrtValue result = Value(output, new byte[Length(output) * sizeof(float)]);
        _bindings = new OrtIoBinding[inputs.Count];
        for (int i = 0; i < _bindings.Length; i++)
        {
            _bindings[i] = _session.CreateIoBinding();
            _bindings[i].BindInput(name, Value(input, inputs[i]));
            _bindings[i].BindOutput(outputName, result);
        }
    }

    /// <summary>One inference on the next input.</summary>
    public int Run()
    {
        _next = _next + 1 < _bindings.Length ? _next + 1 : 0;
        _session.RunWithBinding(_options, _bindings[_next]);
        return _next;
    }

    public void Dispose()
    {
        Array.ForEach(_bindings, b => b.Dispose());
        _values.ForEach(v => v.Dispose());
        _options.Dispose();
        _session.Dispose();
    }

    private static SessionOptions SessionOptions()
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        options.AddSessionConfigEntry("session.inter_op.allow_spinning", "0");
        return options;
    }

    private OrtValue Value(NodeMetadata node, ReadOnlySpan<byte> bytes)
    {
        long[] shape = Array.ConvertAll(node.Dimensions, d => (long)d);
        int length = Length(node);
        OrtValue value = node.ElementDataType == TensorElementType.Float
            ? OrtValue.CreateTensorValueFromMemory(MemoryMarshal.Cast<byte, float>(bytes)[..length].ToArray(), shape)
            : OrtValue.CreateTensorValueFromMemory(bytes[..length].ToArray(), shape);
        _values.Add(value);
        return value;
    }

    private static int Length(NodeMetadata node) => node.Dimensions.Aggregate(1, (a, b) => a * b);
}
