using TinyQuant.Kernels;

namespace TinyQuant.Bench;

/// <summary>Operators without weights over tensors of the sizes that small models have.</summary>
internal sealed class OperatorWorkloads
{
    private const int Most = 1 << 16;

    private readonly sbyte[] _left = new sbyte[Most];
    private readonly sbyte[] _right = new sbyte[Most];
    private readonly sbyte[] _output = new sbyte[Most];
    private readonly short[] _leftWords = new short[Most / 2];
    private readonly short[] _rightWords = new short[Most / 2];
    private readonly short[] _words = new short[8_192];
    private readonly float[] _reals = new float[Most];
    private readonly int[] _exponentials = new int[256];

    public OperatorWorkloads()
    {
        Random random = new(1);
        for (int i = 0; i < Most; i++)
        {
            _left[i] = (sbyte)random.Next(-128, 128);
            _right[i] = (sbyte)random.Next(-128, 128);
            _reals[i] = (random.NextSingle() * 4) - 2;
        }

        for (int i = 0; i < _leftWords.Length; i++)
        {
            _leftWords[i] = (short)random.Next(-32768, 32768);
            _rightWords[i] = (short)random.Next(-32768, 32768);
        }

        for (int d = 0; d < _exponentials.Length; d++)
        {
            _exponentials[d] = (int)(int.MaxValue * Math.Exp(-d * 0.1));
        }
    }

    /// <summary>A name, the bytes that are read, and the work.</summary>
    public IEnumerable<(string Name, int Bytes, Func<int> Run)> All =>
    [
        Average("AveragePool2D 25x5x64, whole", 25, 5, 64, 25, 5),
        Average("AveragePool2D 8x8x64, whole", 8, 8, 64, 8, 8),
        Average("AveragePool2D 3x3x256, whole", 3, 3, 256, 3, 3),
        Average("AveragePool2D 32x32x16 by 2x2", 32, 32, 16, 2, 2),
        Max("MaxPool2D 32x32x32 by 2x2", 32, 32, 32),
        Max("MaxPool2D 32x32x16 by 2x2", 32, 32, 16),
        Max("MaxPool2D 32x32x4 by 2x2", 32, 32, 4),
        ("Add 32x32x16, linear", 16_384, () => Linear(16_384)),
        ("Add 32x32x16, fixed point", 16_384, () => FixedPoint(16_384)),
        ("Mul 32x32x16", 16_384, () => Product(16_384)),
        ("Softmax of 12", 12, () => Soft(12)),
        ("Softmax of 1,000", 1_000, () => Soft(1_000)),
        ("Mean 7x7x256 over 7x7", 12_544, () => Mean(256, 49)),
        ("LookupTable 16,384", 16_384, () => Table(16_384)),
        ("Quantize 4,096 reals", 16_384, () => ToCodes(4_096)),
        ("Dequantize 16,384", 16_384, () => ToReals(16_384)),
        ("Transpose 64x64", 4_096, () => Transpose(64)),
        ("Add 8,192 int16", 16_384, () => Words(o => Add.Int16<DoubleRounding>(
            Left(8_192), Right(8_192), default,
            new(0, 1_073_741_824, 0, 0, 1_288_490_189, -1, 0, 1_342_177_280, -13, -32768, 32767), o))),
        ("Mul 8,192 int16", 16_384, () => Words(o => Mul.Int16<DoubleRounding>(
            Left(8_192), Right(8_192), default, new(0, 0, 0, 1_342_177_280, -15, -32768, 32767), o))),
        ("LeakyRelu 8,192 int16", 16_384, () => Words(o => Slopes.Int16<DoubleRounding>(
            Left(8_192), new(0, 1_342_177_280, 0, 1_342_177_280, -4, false, false, 0, -32768, 32767), o))),
        ("Logistic 8,192 int16", 16_384, () => Words(o => Activations.Logistic(Left(8_192), 24_000, 14, o))),
        ("Maximum 8,192 int16", 16_384, () => Words(o => Elementwise.Maximum<short>(
            Left(8_192), Right(8_192), default, o))),
        ("Requantize 8,192 int16", 16_384, () => Words(o => Requantize.Run<short, short, DoubleRounding>(
            Left(8_192), 3, 1_342_177_280, -1, 5, o))),
        ("Floor 4,096 reals", 16_384, () => Reals((x, y) => Activations.Floor(x, y))),
        ("Round 4,096 reals", 16_384, () => Reals((x, y) => Activations.Round(x, y))),
        ("Sqrt 4,096 reals", 16_384, () => Reals((x, y) => Activations.Sqrt(x, y))),
        ("Sin 4,096 reals", 16_384, () => Reals((x, y) => Activations.Sin(x, y))),
    ];

    private delegate void RealKernel(ReadOnlySpan<float> input, Span<float> output);

    private ReadOnlySpan<short> Left(int count) => _leftWords.AsSpan(0, count);

    private ReadOnlySpan<short> Right(int count) => _rightWords.AsSpan(0, count);

    private int Words(Action<short[]> run)
    {
        run(_words);
        return _words[0];
    }

    private int Reals(RealKernel run)
    {
        run(_reals.AsSpan(0, 4_096), _reals.AsSpan(4_096, 4_096));
        return (int)_reals[4_096];
    }

    /// <summary>The same bytes, copied.</summary>
    public int Copy(int bytes)
    {
        _left.AsSpan(0, bytes).CopyTo(_output);
        return _output[0];
    }

    private (string Name, int Bytes, Func<int> Run) Average(
        string name, int height, int width, int channels, int rows, int columns)
    {
        WindowGeometry g = new(
            1, height, width, channels, height / rows, width / columns, channels, rows, columns, rows, columns);
        int inputs = height * width * channels;
        int outputs = inputs / (rows * columns);
        return (name, inputs, () =>
        {
            AveragePool2D.Int8(_left.AsSpan(0, inputs), g, -128, 127, _output.AsSpan(0, outputs));
            return _output[0];
        }
        );
    }

    private (string Name, int Bytes, Func<int> Run) Max(string name, int height, int width, int channels)
    {
        WindowGeometry g = new(1, height, width, channels, height / 2, width / 2, channels, 2, 2, 2, 2);
        int inputs = height * width * channels;
        return (name, inputs, () =>
        {
            MaxPool2D.Run(_left.AsSpan(0, inputs), g, (sbyte)-128, (sbyte)127, _output.AsSpan(0, inputs / 4));
            return _output[0];
        }
        );
    }

    private int Linear(int count)
    {
        LinearConstants constants = new(2_621_440, 1_572_866, -200_000_000, 22, -128, 127);
        LinearAdd.Int8(_left.AsSpan(0, count), _right.AsSpan(0, count), default, constants, _output.AsSpan(0, count));
        return _output[0];
    }

    private int FixedPoint(int count)
    {
        AddConstants constants = new(-128, 1_073_741_824, 0, -5, 1_288_490_189, -1, -10, 1_342_177_280, -18, -128, 127);
        Add.Int8<DoubleRounding>(
            _left.AsSpan(0, count), _right.AsSpan(0, count), default, constants, _output.AsSpan(0, count));
        return _output[0];
    }

    private int Product(int count)
    {
        MulConstants constants = new(-128, -5, 3, 1_342_177_280, -7, -128, 127);
        Mul.Int8<DoubleRounding>(
            _left.AsSpan(0, count), _right.AsSpan(0, count), default, constants, _output.AsSpan(0, count));
        return _output[0];
    }

    private int Soft(int count)
    {
        Softmax.Int8(_left.AsSpan(0, count), count, _exponentials, _output.AsSpan(0, count));
        return _output[0];
    }

    private int Mean(int channels, int count)
    {
        StridedView kept = new(0, [channels], [1]);
        StridedView reduced = new(0, [count], [channels]);
        Reduction.Int8<DoubleRounding>(
            _left.AsSpan(0, channels * count), kept, reduced, -128 * count, 1_342_177_280, -6, -128,
            _output.AsSpan(0, channels));
        return _output[0];
    }

    private int Table(int count)
    {
        LookupTable.Int8(_left.AsSpan(0, count), _right.AsSpan(0, 256), _output.AsSpan(0, count));
        return _output[0];
    }

    private int ToCodes(int count)
    {
        Quantize.Run(_reals.AsSpan(0, count), 0.02f, -5, _output.AsSpan(0, count));
        return _output[0];
    }

    private int ToReals(int count)
    {
        Dequantize.Run(_left.AsSpan(0, count), 0.02f, -5, _reals.AsSpan(0, count));
        return (int)_reals[0];
    }

    private int Transpose(int size)
    {
        StridedView view = new(0, [size, size], [1, size]);
        StridedCopy.Gather<sbyte>(_left.AsSpan(0, size * size), view, _output.AsSpan(0, size * size));
        return _output[0];
    }
}
