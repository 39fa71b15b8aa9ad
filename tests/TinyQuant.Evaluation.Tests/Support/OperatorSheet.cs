using System.Collections.Immutable;
using TinyQuant.Evaluation.Verification;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Support;

/// <summary>
/// Operators in few models, so that one compilation serves them all, each with what a plain reference says that it
/// computes. What is compiled was written to text and read back.
/// </summary>
internal sealed class OperatorSheet(int seed)
{
    private readonly List<Tensor> _tensors = [];
    private readonly List<Tensor> _inputs = [];
    private readonly List<Tensor> _outputs = [];
    private readonly List<(Operator Operator, Func<double[][], double[][]> Reference)> _operators = [];

    public Random Random { get; } = new(seed);

    /// <summary>A scale from 0.004 to 0.4 and any zero point.</summary>
    public Quantization Quantization() => Quantization(0.004, 0.4);

    /// <summary>A scale between two, spread evenly over their orders of magnitude, and any zero point.</summary>
    public Quantization Quantization(double least, double greatest) =>
        new((float)(least * Math.Pow(greatest / least, Random.NextDouble())), Random.Next(-128, 128));

    /// <summary>What tensors of a type have: int16 finer steps and zero point 0, int32 and reals none.</summary>
    public Quantization? QuantizationOf(TensorType type) => type switch
    {
        TensorType.Int8 => Quantization(),
        TensorType.Int16 => new(Quantization().Scale / 256, 0),
        _ => null,
    };

    /// <summary>An input of the model.</summary>
    public Tensor Input(TensorType type, Quantization? quantization, params int[] shape) =>
        Put(_inputs, type, quantization, null, shape);

    /// <summary>Random elements.</summary>
    public Tensor Constant(TensorType type, Quantization? quantization, params int[] shape)
    {
        var shaped = new Tensor("", type, [.. shape], quantization);
        return Put(null, type, quantization, [.. TensorValues.Random(shaped, Random, run: 1)], shape);
    }

    /// <summary>int16 without a scale.</summary>
    public Tensor Constant(params short[] values) => Put(
        null, TensorType.Int16, null, [.. values.SelectMany(BitConverter.GetBytes)], [values.Length]);

    /// <summary>Random int32 or int64 up to a magnitude.</summary>
    public Tensor Integers(TensorType type, int magnitude, params int[] shape)
    {
        int count = shape.Aggregate(1, (product, size) => product * size);
        int[] values = [.. Enumerable.Range(0, count).Select(_ => Random.Next(-magnitude, magnitude))];
        return Put(null, type, null, type == TensorType.Int64
            ? [.. values.SelectMany(v => BitConverter.GetBytes((long)v))]
            : [.. values.SelectMany(BitConverter.GetBytes)], shape);
    }

    /// <summary>Between two operators.</summary>
    public Tensor Hidden(TensorType type, Quantization? quantization, params int[] shape) =>
        Put(null, type, quantization, null, shape);

    /// <summary>An output of the model.</summary>
    public Tensor Output(TensorType type, Quantization? quantization, params int[] shape) =>
        Put(_outputs, type, quantization, null, shape);

    /// <summary>The next operator, and the elements of its output for those of its inputs.</summary>
    public void Add(Operator op, Func<double[][], double[]> reference) => Add(op, inputs => [reference(inputs)]);

    /// <summary>The same of an operator with several outputs.</summary>
    public void Add(Operator op, Func<double[][], double[][]> reference) => _operators.Add((op, reference));

    /// <summary>
    /// Compiles, runs and compares: codes exactly, reals too unless they are computed in another order or precision.
    /// </summary>
    /// <returns>The bytes of the largest arena.</returns>
    public int Check(Rounding rounding, int runs = 10, bool isExact = true)
    {
        Graph[] graphs = [.. SheetParts.Of(_operators.Select(o => o.Operator), _inputs, _outputs)];
        using var batch = new CompiledBatch([.. graphs.Select(g => ReadBack(g with { Rounding = rounding }))]);
        for (int run = 0; run < runs; run++)
        {
            for (int i = 0; i < graphs.Length; i++)
            {
                Check(graphs[i], run, isExact, (x, y) => batch.Run(i, x, y));
            }
        }

        return batch.ArenaBytes.Max();
    }

    private void Check(Graph graph, int run, bool isExact, Action<byte[][], byte[][]> compute)
    {
        byte[][] inputs = [.. graph.Inputs.Select(t => TensorValues.Random(t, Random, run))];
        byte[][] outputs = [.. graph.Outputs.Select(t => new byte[t.ByteLength])];
        compute(inputs, outputs);
        Dictionary<Tensor, double[]> expected = Expected(graph, inputs);
        foreach ((Tensor output, byte[] bytes) in graph.Outputs.Zip(outputs))
        {
            Compare(output, expected[output], TensorValues.Decode(output.Type, bytes), isExact, run);
        }
    }

    private static Graph ReadBack(Graph graph)
    {
        string text = ModelWriter.Write(graph);
        ModelReadResult read = ModelReader.Read(text);
        Assert.Empty(read.Errors);
        Assert.Equal(text, ModelWriter.Write(read.Graph!));
        return read.Graph!;
    }

    private Dictionary<Tensor, double[]> Expected(Graph graph, byte[][] inputs)
    {
        Dictionary<Tensor, double[]> values = graph.Tensors.Where(t => t.IsConstant).ToDictionary(
            t => t, t => TensorValues.Decode(t.Type, [.. t.Data!.Value]));
        foreach ((Tensor input, byte[] bytes) in graph.Inputs.Zip(inputs))
        {
            values.Add(input, TensorValues.Decode(input.Type, bytes));
        }

        foreach ((Operator op, Func<double[][], double[][]> reference) in
            _operators.Where(o => graph.Operators.Contains(o.Operator)))
        {
            foreach ((Tensor output, double[] elements) in op.Outputs.Zip(
                reference([.. op.Inputs.Select(t => values[t])])))
            {
                values.Add(output, elements);
            }
        }

        return values;
    }

    private void Compare(Tensor tensor, double[] expected, double[] actual, bool isExact, int run)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Tolerance tolerance = isExact || tensor.Type != TensorType.Float32 ? Tolerance.None : Tolerance.Float32;
            if (!tolerance.Accepts(expected[i], actual[i]))
            {
                Operator op = _operators.Single(o => o.Operator.Outputs.Contains(tensor)).Operator;
                Assert.Fail(
                    $"{op.Kind} {string.Join(' ', op.Inputs)} -> {tensor}, run {run}, element {i}: {actual[i]:R}; "
                        + $"expected {expected[i]:R}");
            }
        }
    }

    private Tensor Put(
        List<Tensor>? list, TensorType type, Quantization? quantization, ImmutableArray<byte>? data, int[] shape)
    {
        var tensor = new Tensor($"t{_tensors.Count}", type, [.. shape], quantization, data);
        _tensors.Add(tensor);
        list?.Add(tensor);
        return tensor;
    }
}
