using TinyQuant.Kernels;

namespace TinyQuant.Bench;

/// <summary>int16 activations times int8 weights: layers of the sizes that small models have.</summary>
internal sealed class Int16Workloads
{
    private const int Most = 1 << 16;

    private readonly short[] _input = new short[Most];
    private readonly short[] _output = new short[Most];
    private readonly short[] _room = new short[Most];
    private readonly sbyte[] _weights = new sbyte[Most];
    private readonly long[] _bias = new long[1024];

    public Int16Workloads()
    {
        Random random = new(1);
        for (int i = 0; i < Most; i++)
        {
            _input[i] = (short)random.Next(short.MinValue, short.MaxValue + 1);
            _weights[i] = (sbyte)random.Next(-127, 128);
        }
    }

    /// <summary>A name, the bytes of input that are read, and the work.</summary>
    public IEnumerable<(string Name, int Bytes, Func<int> Run)> All =>
    [
        Convolution("Conv2D int16 16x16x32, 3x3x32", 16, 32, 3, 32),
        Convolution("Conv2D int16 16x16x64, 1x1x64", 16, 64, 1, 64),
        Depthwise("DepthwiseConv2D int16 16x16x64, 3x3", 16, 64, 3),
        Dense("FullyConnected int16 784x10", 784, 10),
        Dense("FullyConnected int16 256x128", 256, 128),
    ];

    private static Int16Requantization Constants => new([20_000], [-12], 0, short.MinValue, short.MaxValue);

    private (string Name, int Bytes, Func<int> Run) Convolution(
        string name, int size, int channels, int filter, int outputs)
    {
        WindowGeometry g = Windows(size, channels, filter, outputs);
        int depth = filter * filter * channels, inputs = size * size * channels;
        return (name, inputs * sizeof(short), () =>
        {
            Conv2D.Int16<Sums64>(
                _input.AsSpan(0, inputs), g, 1, _weights.AsSpan(0, outputs * depth), _bias.AsSpan(0, outputs),
                Constants, _room, _output.AsSpan(0, size * size * outputs));
            return _output[0];
        }
        );
    }

    private (string Name, int Bytes, Func<int> Run) Depthwise(string name, int size, int channels, int filter)
    {
        WindowGeometry g = Windows(size, channels, filter, channels);
        int inputs = size * size * channels;
        return (name, inputs * sizeof(short), () =>
        {
            DepthwiseConv2D.Int16(
                _input.AsSpan(0, inputs), g, _weights.AsSpan(0, filter * filter * channels),
                _bias.AsSpan(0, channels), Constants, _room, _output.AsSpan(0, inputs));
            return _output[0];
        }
        );
    }

    private (string Name, int Bytes, Func<int> Run) Dense(string name, int depth, int outputs) =>
        (name, depth * sizeof(short), () =>
        {
            FullyConnected.Int16<Sums64>(
                _input.AsSpan(0, depth), 0, _weights.AsSpan(0, depth * outputs), 0, _bias.AsSpan(0, outputs),
                Constants, _room, _output.AsSpan(0, outputs));
            return _output[0];
        }
    );

    private static WindowGeometry Windows(int size, int channels, int filter, int outputs) => new(
        1, size, size, channels, size, size, outputs, filter, filter, paddingTop: filter / 2, paddingLeft: filter / 2);
}
