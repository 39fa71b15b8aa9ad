using System.Numerics.Tensors;
using TinyQuant.Kernels;

namespace TinyQuant.Bench;

/// <summary>One dense layer of 784 inputs and 10 outputs in every kind of arithmetic, over many different images.</summary>
/// <remarks>A thousand images keep the branch predictor from learning them, and do not fit the first cache.</remarks>
internal sealed class DenseWorkload
{
    public const int Depth = 784;
    public const int Outputs = 10;

    private readonly byte[] _pixels;
    private readonly float[] _reals;
    private readonly float[] _floatWeights = new float[Outputs * Depth];
    private readonly sbyte[] _weights = new sbyte[FullyConnected.PackedLength(Outputs, Depth)];
    private readonly float[] _floatBias = new float[Outputs];
    private readonly int[] _bias = new int[Outputs];
    private readonly int[] _unsignedBias = new int[Outputs];
    private readonly int[] _weightSums = new int[Outputs];
    private readonly int[] _sums = new int[Outputs];
    private readonly float[] _scores = new float[Outputs];
    private readonly sbyte[] _codes = new sbyte[Depth];
    private int _image;

    public DenseWorkload(int images = 1024)
    {
        Images = images;
        _pixels = new byte[images * Depth];
        _reals = new float[images * Depth];
        Random random = new(1);
        for (int i = 0; i < _pixels.Length; i++)
        {
            // Four in five pixels of a handwritten digit are black.
            _pixels[i] = (byte)(random.Next(5) == 0 ? random.Next(256) : 0);
            _reals[i] = _pixels[i] / 255f;
        }

        // Codes in any order do for a time; their sums need not match any model.
        for (int i = 0; i < _weights.Length; i++)
        {
            _weights[i] = (sbyte)random.Next(-127, 128);
            _floatWeights[i] = _weights[i] / 127f;
        }
    }

    /// <summary>How many images are cycled over.</summary>
    public int Images { get; }

    /// <summary>Pixels to int8 codes in a buffer, int8 products, the best class.</summary>
    public int Int8()
    {
        int image = Next();
        Quantize.FromPixels(_pixels.AsSpan(image * Depth, Depth), _codes);
        FullyConnected.Accumulate<NarrowWeights>(_codes, _weights, _bias, _sums);
        return ArgMax.Run(_sums);
    }

    /// <summary>int8 products of the pixels as they are.</summary>
    public int Pixels()
    {
        int image = Next();
        FullyConnected.Accumulate<NarrowWeights>(
            _pixels.AsSpan(image * Depth, Depth), _weights, _bias, _unsignedBias, _sums);
        return ArgMax.Run(_sums);
    }

    /// <summary>float32 in, int8 inside.</summary>
    public int Hybrid()
    {
        int image = Next();
        FullyConnected.Hybrid<NarrowWeights>(
            _reals.AsSpan(image * Depth, Depth), _weights, _weightSums, 1 / 127f, _floatBias,
            float.NegativeInfinity, float.PositiveInfinity, _codes, _scores);
        return ArgMax.Run(_scores);
    }

    /// <summary>float32 throughout.</summary>
    public int Float32()
    {
        int image = Next();
        FullyConnected.Float32(
            _reals.AsSpan(image * Depth, Depth), _floatWeights, _floatBias,
            float.NegativeInfinity, float.PositiveInfinity, _scores);
        return ArgMax.Run(_scores);
    }

    /// <summary>What one writes without this library.</summary>
    public int TensorPrimitivesDot()
    {
        int image = Next();
        ReadOnlySpan<float> input = _reals.AsSpan(image * Depth, Depth);
        for (int o = 0; o < Outputs; o++)
        {
            _scores[o] = TensorPrimitives.Dot(input, _floatWeights.AsSpan(o * Depth, Depth)) + _floatBias[o];
        }

        return TensorPrimitives.IndexOfMax<float>(_scores);
    }

    /// <summary>The dynamic path's quantization alone.</summary>
    public int Dynamic()
    {
        int image = Next();
        Quantize.Dynamic(_reals.AsSpan(image * Depth, Depth), _codes, out _, out int zeroPoint);
        return zeroPoint;
    }

    private int Next() => _image = _image + 1 < Images ? _image + 1 : 0;
}
