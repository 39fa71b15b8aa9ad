using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using TinyQuant.Import.Onnx.Schema;
using TinyQuant.Import.Tests.Onnx.Support;
using TinyQuant.Model;

namespace TinyQuant.Onnx.Tests.Support;

/// <summary>A file of one operator or few, which ONNX Runtime runs as well.</summary>
internal sealed class OnnxCase
{
    private readonly Random _random;
    private readonly List<(string Name, int[] Shape)> _inputs = [];

    /// <summary>A case whose output is <c>y</c>.</summary>
    /// <param name="name">Of the case.</param>
    /// <param name="version">Of ONNX's operators.</param>
    public OnnxCase(string name, int version = 17)
    {
        Name = name;
        Version = version;
        _random = new Random(name.Sum(c => c));
        File = new OnnxFile();
    }

    public string Name { get; }

    public int Version { get; }

    public OnnxFile File { get; }

    /// <summary>What the output is of.</summary>
    public OnnxType OutputType { get; init; } = OnnxType.Float32;

    /// <summary>A float32 input.</summary>
    public OnnxCase Input(string name, params int[] shape)
    {
        File.Input(name, OnnxType.Float32, [.. shape.Cast<object>()]);
        _inputs.Add((name, shape));
        return this;
    }

    /// <summary>A constant of values between -1 and 1, or, where they have to be positive, 0.5 and 1.5.</summary>
    public OnnxCase Weights(string name, int[] shape, bool isPositive = false)
    {
        File.Floats(name, shape, Values(shape, isPositive));
        return this;
    }

    public OnnxCase Floats(string name, int[] shape, params float[] elements)
    {
        File.Floats(name, shape, elements);
        return this;
    }

    public OnnxCase Longs(string name, params long[] elements)
    {
        File.Longs(name, [elements.Length], elements);
        return this;
    }

    /// <summary>A node; names are parted by spaces, and <c>-</c> is one that is missing.</summary>
    public OnnxCase Node(string op, string inputs, string outputs, params (string Name, object Value)[] attributes)
    {
        File.Node(op, inputs, outputs, attributes);
        return this;
    }

    /// <summary>The file.</summary>
    public byte[] Build()
    {
        File.Output("y", OutputType);
        return File.Build(Version);
    }

    /// <summary>Elements for all inputs, in the file's order.</summary>
    public float[][] Inputs(bool isPositive = false) => [.. _inputs.Select(i => Values(i.Shape, isPositive))];

    /// <summary>What ONNX Runtime answers.</summary>
    public static float[] Expected(byte[] file, OnnxCase @case, float[][] inputs)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        using var session = new InferenceSession(file, options);
        using var run = new RunOptions();
        OrtValue[] values =
        [
            .. @case._inputs.Select((input, i) => OrtValue.CreateTensorValueFromMemory(
                inputs[i], [.. input.Shape.Select(d => (long)d)])),
        ];
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(
            run, [.. @case._inputs.Select(i => i.Name)], values, ["y"]);
        float[] expected = outputs[0].GetTensorTypeAndShape().ElementDataType switch
        {
            Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Int64 =>
                Array.ConvertAll(outputs[0].GetTensorDataAsSpan<long>().ToArray(), v => (float)v),
            Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Bool =>
                Array.ConvertAll(outputs[0].GetTensorDataAsSpan<bool>().ToArray(), v => v ? 1f : 0f),
            _ => outputs[0].GetTensorDataAsSpan<float>().ToArray(),
        };
        Array.ForEach(values, v => v.Dispose());
        return expected;
    }

    /// <summary>The elements of a tensor of the graph as numbers.</summary>
    public static float[] Numbers(Tensor tensor, byte[] bytes) => tensor.Type switch
    {
        TensorType.Int64 => Array.ConvertAll(MemoryMarshal.Cast<byte, long>(bytes).ToArray(), v => (float)v),
        TensorType.Bool => Array.ConvertAll(bytes, b => (float)b),
        _ => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
    };

    /// <summary>Elements with the channels last, or back.</summary>
    public static float[] Moved(float[] elements, ImmutableArray<int> shape, bool back)
    {
        int rank = shape.Length;
        if (rank is not (3 or 4))
        {
            return elements;
        }

        int batches = shape[0], channels = shape[1], space = shape.Skip(2).Aggregate(1, (p, s) => p * s);
        var moved = new float[elements.Length];
        for (int n = 0; n < batches; n++)
        {
            for (int c = 0; c < channels; c++)
            {
                for (int s = 0; s < space; s++)
                {
                    int first = (((n * channels) + c) * space) + s, last = (((n * space) + s) * channels) + c;
                    (int from, int to) = back ? (last, first) : (first, last);
                    moved[to] = elements[from];
                }
            }
        }

        return moved;
    }

    public ImmutableArray<int> ShapeOf(int input) => [.. _inputs[input].Shape];

    public override string ToString() => Name;

    private float[] Values(int[] shape, bool isPositive)
    {
        var values = new float[shape.Aggregate(1, (p, s) => p * s)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = isPositive ? _random.NextSingle() + 0.5f : (_random.NextSingle() * 2) - 1;
        }

        return values;
    }
}
