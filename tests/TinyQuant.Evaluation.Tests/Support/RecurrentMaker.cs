using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Support;

/// <summary>Graphs of one operator with state and random constants; the same seed, the same graph.</summary>
internal sealed class RecurrentMaker(int seed)
{
    private readonly List<Tensor> _tensors = [];

    public Random Random { get; } = new(seed);

    /// <summary>
    /// int8, with a state of that type; scales for which codes spread over their range and a little beyond.
    /// </summary>
    public Graph Svdf(TensorType state, Rounding rounding)
    {
        (int batches, int depth, int units, int rank, int memory) = SvdfSizes();
        int filters = units * rank;
        float inputScale = Scale(0.02f, 0.06f), featureScale = Scale(0.002f, 0.01f), timeScale = Scale(1e-5f, 1e-2f);
        int greatest = state == TensorType.Int16 ? short.MaxValue : sbyte.MaxValue;
        float stateScale = inputScale * featureScale * 5000 * MathF.Sqrt(depth) / greatest * Scale(0.5f, 3);
        float outputScale = stateScale * timeScale * greatest * 40 * MathF.Sqrt(memory * rank) / 127 * Scale(0.2f, 1);
        Tensor input = Add("input", TensorType.Int8, new(inputScale, Random.Next(-128, 128)), null, batches, depth);
        List<Tensor> inputs =
        [
            input,
            Constant("features", TensorType.Int8, Int8Weights(filters * depth), new(featureScale, 0), filters, depth),
            state == TensorType.Int16
                ? Constant("time", state, Values(filters * memory, () => (short)Random.Next(-120, 121)),
                    new(timeScale, 0), filters, memory)
                : Constant("time", state, Int8Weights(filters * memory), new(timeScale, 0), filters, memory),
        ];
        if (Random.Next(3) > 0)
        {
            int spread = greatest * 20;
            inputs.Add(
                Constant("bias", TensorType.Int32, Values(units, () => Random.Next(-spread, spread)), null, units));
        }

        inputs.Add(State("state", state, new(stateScale, state == TensorType.Int16 ? 0 : Random.Next(-128, 128)),
            batches, filters * memory));
        Tensor output = Add("output", TensorType.Int8, new(outputScale, Random.Next(-128, 128)), null, batches, units);
        return Build(new Svdf([.. inputs], output, rank, Activation.None), rounding);
    }

    /// <summary>float32, with constants in eighths: sums are exact in any order.</summary>
    public Graph FloatSvdf(Activation activation)
    {
        (int batches, int depth, int units, int rank, int memory) = SvdfSizes();
        List<Tensor> inputs =
        [
            Add("input", TensorType.Float32, null, null, batches, depth),
            Eighths("features", units * rank, depth),
            Eighths("time", units * rank, memory),
        ];
        if (Random.Next(3) > 0)
        {
            inputs.Add(Eighths("bias", units));
        }

        inputs.Add(State("state", TensorType.Float32, null, batches, units * rank * memory));
        return Build(
            new Svdf([.. inputs], Add("output", TensorType.Float32, null, null, batches, units), rank, activation),
            Rounding.Double);
    }

    /// <summary>int8 or int16, with an int16 cell state; now and then with gates that saturate.</summary>
    public Graph Lstm(bool isTimeMajor, Rounding rounding, TensorType type = TensorType.Int8)
    {
        (int batches, int steps, int depth, int units) = LstmSizes();
        float steps8 = type == TensorType.Int16 ? 1f / 256 : 1; // of a step of int8
        float inputScale = Scale(0.005f, 0.05f) * steps8;
        var outputQuantization = new Quantization(Scale(0.003f, 0.009f) * steps8, Random.Next(-128, 128));
        float reach = Random.Next(4) == 0 ? 30 : 3; // of a gate's sum
        float inputWeights = reach / (inputScale / steps8 * 5000 * MathF.Sqrt(depth)),
            recurrentWeights = reach / (outputQuantization.Scale / steps8 * 5000 * MathF.Sqrt(units));
        int bias = (int)(2 / (inputScale * inputWeights));
        float cellScale = MathF.Pow(2, Random.Next(-15, -8));
        return Lstm(
            Add("input", type, new(inputScale, Random.Next(-128, 128)), null,
                Rows(isTimeMajor, batches, steps, depth)),
            [
                .. Gates("input",
                    g =>
                        Constant(g, TensorType.Int8, Int8Weights(units * depth), new(inputWeights * Scale(0.5f, 2), 0),
                            units, depth)),
                .. Gates("recurrent",
                    g =>
                        Constant(g, TensorType.Int8, Int8Weights(units * units),
                            new(recurrentWeights * Scale(0.5f, 2), 0), units, units)),
                .. Gates("bias",
                    g => type == TensorType.Int16
                        ? Constant(
                            g, TensorType.Int64, Values(units, () => (long)Random.Next(-bias, bias)), null, units)
                        : Constant(g, TensorType.Int32, Values(units, () => Random.Next(-bias, bias)), null, units)),
                State("hidden", type, outputQuantization, batches, units),
                State("cells", TensorType.Int16, new(cellScale, 0), batches, units),
            ],
            Add("output", type, outputQuantization, null, Rows(isTimeMajor, batches, steps, units)),
            isTimeMajor, rounding);
    }

    /// <summary>float32.</summary>
    public Graph FloatLstm(bool isTimeMajor)
    {
        (int batches, int steps, int depth, int units) = LstmSizes();
        return Lstm(
            Add("input", TensorType.Float32, null, null, Rows(isTimeMajor, batches, steps, depth)),
            [
                .. Gates("input", g => Eighths(g, units, depth)),
                .. Gates("recurrent", g => Eighths(g, units, units)),
                .. Gates("bias", g => Eighths(g, units)),
                State("hidden", TensorType.Float32, null, batches, units),
                State("cells", TensorType.Float32, null, batches, units),
            ],
            Add("output", TensorType.Float32, null, null, Rows(isTimeMajor, batches, steps, units)),
            isTimeMajor, Rounding.Double);
    }

    private Graph Lstm(Tensor input, Tensor[] others, Tensor output, bool isTimeMajor, Rounding rounding)
    {
        float clip = Random.Next(2) == 0 ? 0 : Scale(0.1f, 2);
        return Build(new UnidirectionalSequenceLstm([input, .. others], output, isTimeMajor, clip), rounding);
    }

    private (int Batches, int Depth, int Units, int Rank, int Memory) SvdfSizes() =>
        (Random.Next(1, 3), Random.Next(1, 40), Random.Next(1, 30), Random.Next(1, 4), Random.Next(1, 12));

    private (int Batches, int Steps, int Depth, int Units) LstmSizes() =>
        (Random.Next(1, 4), Random.Next(1, 6), Random.Next(1, 30), Random.Next(1, 24));

    private static int[] Rows(bool isTimeMajor, int batches, int steps, int width) =>
        isTimeMajor ? [steps, batches, width] : [batches, steps, width];

    private static IEnumerable<Tensor> Gates(string name, Func<string, Tensor> make) =>
        new[] { "input", "forget", "cell", "output" }.Select(gate => make($"{name}.{gate}"));

    private Graph Build(Operator op, Rounding rounding) => new()
    {
        Name = "made",
        Rounding = rounding,
        Tensors = [.. _tensors],
        Inputs = [op.Inputs[0]],
        Outputs = op.Outputs,
        Operators = [op],
    };

    private Tensor Eighths(string name, params int[] shape) =>
        Constant(name, TensorType.Float32, Values(shape.Aggregate((a, b) => a * b), () => Random.Next(-16, 17) / 8f),
            null, shape);

    /// <summary>Weights of -128 in one matrix of two.</summary>
    private sbyte[] Int8Weights(int count)
    {
        int least = Random.Next(2) == 0 ? -128 : -127;
        return Values(count, () => (sbyte)Random.Next(least, 128));
    }

    private Tensor State(string name, TensorType type, Quantization? quantization, params int[] shape) =>
        Add(new Tensor(name, type, [.. shape], quantization, isVariable: true));

    private Tensor Constant<T>(string name, TensorType type, T[] values, Quantization? quantization, params int[] shape)
        where T : struct => Add(name, type, quantization, [.. MemoryMarshal.AsBytes(values.AsSpan())], shape);

    private Tensor Add(
        string name, TensorType type, Quantization? quantization, ImmutableArray<byte>? data, params int[] shape) =>
        Add(new Tensor(name, type, [.. shape], quantization, data));

    private Tensor Add(Tensor tensor)
    {
        _tensors.Add(tensor);
        return tensor;
    }

    private float Scale(float least, float greatest) => least + (Random.NextSingle() * (greatest - least));

    private static T[] Values<T>(int count, Func<T> value)
    {
        var values = new T[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = value();
        }

        return values;
    }
}
