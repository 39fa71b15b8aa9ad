using System.Numerics.Tensors;
using TinyQuant.Kernels;

namespace TinyQuant.Bench;

/// <summary>
/// One dense layer of 784 inputs and 10 outputs in every kind of arithmetic, over many different images.
/// </summary>
/// <remarks>A thousand images keep the branch predictor from learning them, and do not fit the first cache.</remarks>
internal sealed class DenseWorkload
{
    public const int Depth = 784;
    public const int Outputs = 10;

    /// <summary>Where an array's elements begin, after its header; inputs are mostly arrays of the caller.</summary>
    private const int ArrayData = 16;

    private readonly PinnedBuffer<byte> _pixels;
    private readonly PinnedBuffer<float> _reals;
    private readonly PinnedBuffer<float> _floatWeights;
    private readonly PinnedBuffer<sbyte> _weights;
    private readonly float[] _floatBias = new float[Outputs];
    private readonly int[] _bias = new int[Outputs];
    private readonly int[] _unsignedBias = new int[Outputs];
    private readonly int[] _weightSums = new int[Outputs];
    private readonly int[] _sums = new int[Outputs];
    private readonly float[] _scores = new float[Outputs];
    private readonly sbyte[] _codes = new sbyte[Depth];
    private int _image;

    /// <param name="images">How many different images.</param>
    /// <param name="weightAddress">The address of the weights, int8 and float32, modulo 64.</param>
    public DenseWorkload(int images = 1024, int weightAddress = 0)
    {
        Images = images;
        Random random = new(1);
        var pixels = new byte[images * Depth];
        foreach (ref byte pixel in pixels.AsSpan())
        {
            // Four in five pixels of a handwritten digit are black.
            pixel = (byte)(random.Next(5) == 0 ? random.Next(256) : 0);
        }

        // Codes in any order do for a time; their sums need not match any model.
        var weights = new sbyte[FullyConnected.PackedLength(Outputs, Depth)];
        foreach (ref sbyte weight in weights.AsSpan())
        {
            weight = (sbyte)random.Next(-127, 128);
        }

        _pixels = new(pixels, ArrayData);
        _reals = new(Array.ConvertAll(pixels, pixel => pixel / 255f), ArrayData);
        _weights = new(weights, weightAddress);
        _floatWeights = new(Array.ConvertAll(weights, weight => weight / 127f), weightAddress);
    }

    /// <summary>How many images are cycled over.</summary>
    public int Images { get; }

    /// <summary>Pixels to int8 codes in a buffer, int8 products, the best class.</summary>
    public int Int8()
    {
        int image = Next();
        Quantize.FromPixels(Pixels(image), _codes);
        FullyConnected.Accumulate<NarrowWeights>(_codes, _weights.Span, _bias, _sums);
        return ArgMax.Run(_sums);
    }

    /// <summary>int8 products of the pixels as they are.</summary>
    public int Pixels()
    {
        int image = Next();
        FullyConnected.Accumulate<NarrowWeights>(
            Pixels(image), _weights.Span, _bias, _unsignedBias, _sums);
        return ArgMax.Run(_sums);
    }

    /// <summary>float32 in, int8 inside.</summary>
    public int Hybrid()
    {
        int image = Next();
        FullyConnected.Hybrid<NarrowWeights>(
            Reals(image), _weights.Span, _weightSums, 1 / 127f, _floatBias,
            float.NegativeInfinity, float.PositiveInfinity, _codes, _scores);
        return ArgMax.Run(_scores);
    }

    /// <summary>float32 throughout.</summary>
    public int Float32()
    {
        int image = Next();
        FullyConnected.Float32(
            Reals(image), _floatWeights.Span, _floatBias,
            float.NegativeInfinity, float.PositiveInfinity, _scores);
        return ArgMax.Run(_scores);
    }

    /// <summary>What one writes without this library.</summary>
    public int TensorPrimitivesDot()
    {
        int image = Next();
        ReadOnlySpan<float> input = Reals(image);
        for (int o = 0; o < Outputs; o++)
        {
            _scores[o] = TensorPrimitives.Dot(input, _floatWeights.Span.Slice(o * Depth, Depth)) + _floatBias[o];
        }

        return TensorPrimitives.IndexOfMax<float>(_scores);
    }

    /// <summary>The dynamic path's quantization alone.</summary>
    public int Dynamic()
    {
        int image = Next();
        Quantize.Dynamic(Reals(image), _codes, out _, out int zeroPoint);
        return zeroPoint;
    }

    private ReadOnlySpan<byte> Pixels(int image) => _pixels.Span.Slice(image * Depth, Depth);

    private ReadOnlySpan<float> Reals(int image) => _reals.Span.Slice(image * Depth, Depth);

    private int Next() => _image = _image + 1 < Images ? _image + 1 : 0;
}
