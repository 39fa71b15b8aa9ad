using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Generator.Tests.Planning;

/// <summary>
/// Random int8 graphs of operators of every kind of memory: aliases, those in place for nothing and at a price, with
/// scratch, with several outputs, with state. The same seed, the same graph.
/// </summary>
internal sealed class PlannedGraph
{
    private static readonly Quantization s_quantization = new(0.05f, -128);

    private readonly Random _random;
    private readonly List<Tensor> _tensors = [];
    private readonly List<Operator> _operators = [];
    private readonly List<Tensor> _images = []; // [1,height,width,channels]: what an operator may read

    private PlannedGraph(int seed) => _random = new Random(seed);

    /// <summary>A graph of one input.</summary>
    /// <param name="seed">Which.</param>
    /// <param name="classifies">With one output vector; else with one to three outputs of any shape.</param>
    public static Graph Of(int seed, bool classifies)
    {
        var maker = new PlannedGraph(seed);
        return maker.Build(classifies);
    }

    private Graph Build(bool classifies)
    {
        // Tall ones: a depthwise convolution in place keeps three rows.
        Tensor input = Activation(1, _random.Next(1, 16), _random.Next(1, 5), 2 * _random.Next(1, 5));
        _images.Add(input);
        int operators = _random.Next(1, 14);
        for (int i = 0; i < operators; i++)
        {
            Append(_random.Next(3) == 0 ? Any() : _images[^1]); // mostly chains, with branches to all that is before
        }

        Tensor[] outputs = classifies
            ? [FullyConnected(_random.Next(4) == 0 ? input : _images[^1])]
            : [.. _images.Skip(1).OrderBy(_ => _random.Next()).Take(_random.Next(1, 4))];
        if (_random.Next(4) == 0)
        {
            // The last operator need not be the one that decides.
            Tensor unread = _random.Next(2) == 0 ? FullyConnected(Any()) : Any();
            _operators.Add(new Relu(unread, Like(unread)));
        }

        return new Graph
        {
            Name = "planned",
            Tensors = [.. _tensors],
            Inputs = [input],
            Outputs = [.. outputs],
            Operators = [.. _operators],
        };
    }

    private Tensor Any() => _images[_random.Next(_images.Count)];

    private void Append(Tensor x)
    {
        switch (_random.Next(11))
        {
            case 0 or 1:
                Add(new Relu(x, Like(x)));
                break;
            case 2 or 3:
                Tensor[] same = [.. _images.Where(t => t.Shape.SequenceEqual(x.Shape))];
                Add(new Add([x, same[_random.Next(same.Length)]], Like(x)));
                break;
            case 4:
                Add(new Reshape(x, Activation(1, x.Shape[2], x.Shape[1], x.Shape[3])));
                break;
            case 5 or 6:
                int stride = _random.Next(1, 3);
                (int height, int width) = ((x.Shape[1] + stride - 1) / stride, (x.Shape[2] + stride - 1) / stride);
                Add(new DepthwiseConv2D(
                    [x, Weights(1, 3, 3, x.Shape[3])], Activation(1, height, width, x.Shape[3]),
                    new WindowOptions(stride, stride, 1, 1, Padding.Same)));
                break;
            case 7:
                int channels = 2 * _random.Next(1, 6);
                Add(new Conv2D([x, Weights(channels, 1, 1, x.Shape[3])],
                    Activation(1, x.Shape[1], x.Shape[2], channels),
                    new WindowOptions()));
                break;
            case 8:
                Tensor[] beside = [.. _images.Where(t => t.Shape[1] == x.Shape[1] && t.Shape[2] == x.Shape[2])];
                Tensor other = beside[_random.Next(beside.Length)];
                Add(new Concatenation(
                    [x, other], Activation(1, x.Shape[1], x.Shape[2], x.Shape[3] + other.Shape[3]), axis: 3));
                break;
            case 9 when x.Shape[3] % 4 == 0:
                int[] half = [1, x.Shape[1], x.Shape[2], x.Shape[3] / 2];
                Add(new Split(x, [Activation(half), Activation(half)], axis: 3));
                break;
            case 9:
                Image(Svdf(x));
                break;
            default:
                Image(FullyConnected(x));
                break;
        }
    }

    private Tensor FullyConnected(Tensor x)
    {
        Tensor row = Row(x);
        int outputs = 2 * _random.Next(1, 9);
        Tensor output = Activation(1, outputs);
        Tensor weights = _random.Next(2) == 0 ? Int4Weights(outputs, row.Shape[1]) : Weights(outputs, row.Shape[1]);
        _operators.Add(new FullyConnected([row, weights], output, TinyQuant.Model.Activation.None));
        return output;
    }

    private Tensor Svdf(Tensor x)
    {
        Tensor row = Row(x);
        int units = 2 * _random.Next(1, 5);
        const int memory = 3;
        var fine = new Quantization(0.001f, 0);
        Tensor state = Keep(new Tensor(Name(), TensorType.Int16, [1, units * memory], fine, isVariable: true));
        Tensor time = Keep(
            new Tensor(Name(), TensorType.Int16, [units, memory], fine, Data(units * memory * sizeof(short))));
        Tensor output = Activation(1, units);
        _operators.Add(
            new Svdf(
                [row, Weights(units, row.Shape[1]), time, state], output, rank: 1, TinyQuant.Model.Activation.None));
        return output;
    }

    private Tensor Row(Tensor x)
    {
        Tensor row = Activation(1, x.ElementCount);
        _operators.Add(new Reshape(x, row));
        return row;
    }

    private void Image(Tensor row) => Add(new Reshape(row, Activation(1, 1, 1, row.ElementCount)));

    private void Add(Operator op)
    {
        _operators.Add(op);
        _images.AddRange(op.Outputs);
    }

    private Tensor Like(Tensor tensor) => Activation([.. tensor.Shape]);

    private Tensor Activation(params int[] shape) =>
        Keep(new Tensor(Name(), TensorType.Int8, [.. shape], s_quantization));

    private Tensor Weights(params int[] shape) => Keep(new Tensor(
        Name(), TensorType.Int8, [.. shape], new Quantization(0.01f, 0), Data(shape.Aggregate(1, (a, b) => a * b))));

    private Tensor Int4Weights(int outputs, int depth) => Keep(new Tensor(
        Name(), TensorType.Int4, [outputs, depth], new Quantization(0.01f, 0), Data(((outputs * depth) + 1) / 2)));

    private ImmutableArray<byte> Data(int bytes)
    {
        byte[] data = new byte[bytes];
        _random.NextBytes(data);
        return [.. data.Select(b => (byte)(b & 0x77))]; // no int4 code of -8, which means none
    }

    private string Name() => FormattableString.Invariant($"t{_tensors.Count}");

    private Tensor Keep(Tensor tensor)
    {
        _tensors.Add(tensor);
        return tensor;
    }
}
