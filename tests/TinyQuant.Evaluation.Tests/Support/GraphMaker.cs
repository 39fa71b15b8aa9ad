using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Support;

/// <summary>What a layer of <see cref="GraphMaker"/> is like.</summary>
internal sealed record LayerOptions
{
    public Activation Activation { get; init; }

    public bool HasBias { get; init; } = true;

    public bool IsPerChannel { get; init; }

    /// <summary>Whether real inputs are quantized around 0.</summary>
    public bool IsSymmetric { get; init; }

    /// <summary>Weights from -128 on; else from -127.</summary>
    public bool IsFull { get; init; }

    /// <summary>The output's; one that fits the sums where there is none.</summary>
    public Quantization? Output { get; init; }
}

/// <summary>
/// Builds graphs with random constants, FullyConnected layers by itself; the same seed, the same graph.
/// </summary>
internal sealed class GraphMaker(int seed)
{
    private readonly List<Tensor> _tensors = [];
    private readonly List<Tensor> _inputs = [];
    private readonly List<Operator> _operators = [];

    public Random Random { get; } = new(seed);

    public Rounding Rounding { get; init; } = Rounding.Double;

    public Tensor Int8Input(params int[] shape) => Int8Input(new Quantization(0.05f, Random.Next(-128, 128)), shape);

    public Tensor Int8Input(Quantization quantization, params int[] shape) =>
        AddInput(TensorType.Int8, quantization, shape);

    public Tensor Int16Input(Quantization quantization, params int[] shape) =>
        AddInput(TensorType.Int16, quantization, shape);

    public Tensor FloatInput(params int[] shape) => AddInput(TensorType.Float32, null, shape);

    /// <summary>All int8.</summary>
    public Tensor Int8(Tensor input, int outputs, LayerOptions? options = null)
    {
        options ??= new();
        int depth = input.Shape[^1];
        var weightQuantization = options.IsPerChannel && outputs > 1
            ? new Quantization([.. Enumerable.Range(0, outputs).Select(_ => Scale(0.001f, 0.02f))], 0, 0)
            : new Quantization(Scale(0.001f, 0.02f), 0);
        // So that sums spread over the codes and beyond.
        float spread = input.Quantization!.Scale * weightQuantization.Scale * 100 * MathF.Sqrt(depth);
        Quantization quantization = options.Output
            ?? new Quantization(spread * Scale(0.3f, 1.5f), Random.Next(-128, 128));
        return AddLayer(input, Int8Weights(outputs, depth, options, weightQuantization), options.HasBias
            ? Constant(TensorType.Int32, Values(outputs, () => Random.Next(-5000, 5000)), null, outputs)
            : null, TensorType.Int8, quantization, options.Activation);
    }

    /// <summary>float32 activations and int8 weights.</summary>
    public Tensor Hybrid(Tensor input, int outputs, LayerOptions? options = null)
    {
        options ??= new();
        Quantization quantization = options.IsPerChannel && outputs > 1
            ? new([.. Enumerable.Range(0, outputs).Select(_ => Scale(0.001f, 0.02f))], 0, 0)
            : new(Scale(0.001f, 0.02f), 0);
        Tensor weights = Int8Weights(outputs, input.Shape[^1], options, quantization);
        Tensor? bias = options.HasBias
            ? Constant(TensorType.Float32, Values(outputs, () => (Random.NextSingle() * 4) - 2), null, outputs)
            : null;
        return AddLayer(
            input, weights, bias, TensorType.Float32, null, options.Activation, options.IsSymmetric);
    }

    /// <summary>
    /// All float32, with weights and biases in eighths: their sums with such inputs are exact in any order.
    /// </summary>
    public Tensor Float32(Tensor input, int outputs, LayerOptions? options = null)
    {
        options ??= new();
        int depth = input.Shape[^1];
        float[] weights = Values(outputs * depth, () => Random.Next(-16, 17) / 8f);
        Tensor? bias = options.HasBias
            ? Constant(TensorType.Float32, Values(outputs, () => Random.Next(-16, 17) / 8f), null, outputs)
            : null;
        return AddLayer(input, Constant(TensorType.Float32, weights, null, outputs, depth), bias, TensorType.Float32,
            null, options.Activation);
    }

    public Graph Build(params Tensor[] outputs) => new()
    {
        Name = "made",
        Tensors = [.. _tensors],
        Inputs = [.. _inputs],
        Outputs = [.. outputs],
        Operators = [.. _operators],
        Rounding = Rounding,
    };

    public void Append(Operator op) => _operators.Add(op);

    public Tensor Constant<T>(TensorType type, T[] values, Quantization? quantization, params int[] shape)
        where T : struct => Add(type, quantization, [.. MemoryMarshal.AsBytes(values.AsSpan())], shape);

    public Tensor Activation(TensorType type, Quantization? quantization, params int[] shape) =>
        Add(type, quantization, null, shape);

    public float Scale(float least, float greatest) => least + (Random.NextSingle() * (greatest - least));

    public static T[] Values<T>(int count, Func<T> value)
    {
        var values = new T[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = value();
        }

        return values;
    }

    private Tensor Int8Weights(int outputs, int depth, LayerOptions options, Quantization quantization)
    {
        sbyte[] weights = Values(outputs * depth, () => (sbyte)Random.Next(options.IsFull ? -128 : -127, 128));
        if (options.IsFull)
        {
            weights[Random.Next(weights.Length)] = -128;
        }

        return Constant(TensorType.Int8, weights, quantization, outputs, depth);
    }

    private Tensor AddInput(TensorType type, Quantization? quantization, int[] shape)
    {
        Tensor tensor = Add(type, quantization, null, shape);
        _inputs.Add(tensor);
        return tensor;
    }

    private Tensor AddLayer(
        Tensor input, Tensor weights, Tensor? bias, TensorType type, Quantization? quantization, Activation activation,
        bool isSymmetric = false)
    {
        int rows = input.ElementCount / weights.Shape[1];
        Tensor output = Add(type, quantization, null, rows, weights.Shape[0]);
        _operators.Add(
            new FullyConnected(
                bias is null ? [input, weights] : [input, weights, bias], output, activation,
                symmetricInputs: isSymmetric));
        return output;
    }

    private Tensor Add(TensorType type, Quantization? quantization, ImmutableArray<byte>? data, params int[] shape)
    {
        var tensor = new Tensor($"t{_tensors.Count}", type, [.. shape], quantization, data);
        _tensors.Add(tensor);
        return tensor;
    }
}
