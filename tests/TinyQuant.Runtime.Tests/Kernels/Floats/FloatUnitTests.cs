using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CsCheck;
using TinyQuant.Kernels;
using TinyQuant.Kernels.Convolution;
using TinyQuant.Kernels.FloatDot;
using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Runtime.Tests.Kernels.Floats;

/// <summary>
/// Every float32 unit and tile of this processor against the reference's loops, with values at their ends.
/// </summary>
public class FloatUnitTests
{
    private static readonly Dictionary<string, IUnit> s_units = new IUnit[]
    {
        new Unit<FloatScalar, float>(),
        new Unit<Float128, Vector128<float>>(),
        new Unit<Float256, Vector256<float>>(),
        new Unit<Float512, Vector512<float>>(),
    }.ToDictionary(unit => unit.Name);

    private interface IUnit
    {
        string Name { get; }

        void Rows(float[] x, float[] w, float[] bias, float min, float max, Span<float> y);

        void Filters(float[] x, float[] w, int length, float[] bias, Span<float> y);

        void Depthwise(ref FloatDepthwiseArgs args);
    }

    [Theory]
    [UnitData(nameof(FloatScalar), Takes.Nothing)]
    [UnitData(nameof(Float128), Takes.Vector128)]
    [UnitData(nameof(Float256), Takes.Fma)]
    [UnitData(nameof(Float512), Takes.Vector512)]
    public void Rows_with_one_value_at_its_end(string name)
    {
        FloatData data = new(1);
        for (int depth = 1; depth <= 40; depth++)
        {
            for (int rows = 1; rows <= 9; rows++)
            {
                foreach ((float min, float max) in PlainFloats.Activations)
                {
                    float[] x = data.WithEnds(depth, depth), w = data.Eighths(rows * depth),
                        bias = data.WithEnds(rows, 4);
                    float[] expected = PlainFloats.FullyConnected(x, w, bias, min, max);
                    using GuardedBuffer<float> y = new(rows);
                    s_units[name].Rows(x, w, bias, min, max, y.Span);
                    FloatData.AssertEqual(expected, y.Span, $"{rows} rows of {depth}");
                }
            }
        }
    }

    [Theory]
    [UnitData(nameof(FloatScalar), Takes.Nothing)]
    [UnitData(nameof(Float128), Takes.Vector128)]
    [UnitData(nameof(Float256), Takes.Fma)]
    [UnitData(nameof(Float512), Takes.Vector512)]
    public void The_bias_survives_products_that_cancel(string name)
    {
        FloatData data = new(2);
        for (int depth = 2; depth <= 40; depth++)
        {
            // Anything but these two is 0, so that no order of the additions loses what is not the bias.
            float[] x = new float[depth];
            int first = data.Random.Next(depth), second = (first + data.Random.Next(1, depth)) % depth;
            (x[first], x[second]) = (1e8f, -1e8f);
            float[] w = [.. Enumerable.Repeat(1f, 7 * depth)], bias = data.Eighths(7);
            using GuardedBuffer<float> y = new(7);
            s_units[name].Rows(x, w, bias, float.MinValue, float.MaxValue, y.Span);
            FloatData.AssertEqual(bias, y.Span, $"depth {depth}");
        }
    }

    [Theory]
    [UnitData(nameof(FloatScalar), Takes.Nothing)]
    [UnitData(nameof(Float128), Takes.Vector128)]
    [UnitData(nameof(Float256), Takes.Fma)]
    [UnitData(nameof(Float512), Takes.Vector512)]
    public void Filters_are_added_to_their_bias_one_by_one(string name)
    {
        FloatData data = new(3);
        for (int length = 1; length <= 40; length++)
        {
            int rank = data.Random.Next(1, 4);
            float[] x = data.WithEnds(5 * rank * length, rank * length), w = data.Eighths(x.Length),
                bias = data.Eighths(5);
            if (rank == 3)
            {
                // (1 + 1e8) - 1e8 + 0 is 0.
                (x, bias[0]) = (
                    [.. x.Select((v, i) => i < rank * length ? (i == 0 ? 1e8f : i == length ? -1e8f : 0) : v)], 1);
                (w[0], w[length]) = (1, 1);
            }

            float[] expected = [.. bias.Select((b, i) => Enumerable.Range(i * rank, rank).Aggregate(
                b,
                (sum, filter) =>
                    sum + PlainFloats.Dot(x[(filter * length)..((filter + 1) * length)], w, filter * length)))];
            using GuardedBuffer<float> y = new(5);
            s_units[name].Filters(x, w, length, bias, y.Span);
            FloatData.AssertEqual(expected, y.Span, $"{rank} filters of {length}");
        }
    }

    [Theory]
    [UnitData(nameof(FloatScalar), Takes.Nothing)]
    [UnitData(nameof(Float128), Takes.Vector128)]
    [UnitData(nameof(Float256), Takes.Fma)]
    [UnitData(nameof(Float512), Takes.Vector512)]
    public void Depthwise_windows(string name) =>
        Gen.Select(Windows.Any(Gen.Int[1, 40], channels: Gen.Const(1)), Gen.Int[0, 10_000]).Sample((g, seed) =>
    {
        FloatData data = new(seed);
        (float min, float max) = PlainFloats.Activations[seed % 3];
        using GuardedBuffer<float> input = new(
            data.WithEnds(g.Batches * g.InputHeight * g.InputRow, g.InputHeight * g.InputRow));
        using GuardedBuffer<float> weights = new(data.Eighths(g.FilterHeight * g.FilterWidth * g.OutputChannels));
        using GuardedBuffer<float> bias = new(data.Eighths(g.OutputChannels));
        using GuardedBuffer<float> output = new(g.Batches * g.OutputHeight * g.OutputRow);
        FloatDepthwiseArgs args = new()
        {
            Geometry = g,
            Input = ref MemoryMarshal.GetReference(input.Span),
            Weights = ref MemoryMarshal.GetReference(weights.Span),
            Bias = ref MemoryMarshal.GetReference(bias.Span),
            Output = ref MemoryMarshal.GetReference(output.Span),
            Min = min,
            Max = max,
        };
        s_units[name].Depthwise(ref args);
        float[] expected = PlainFloats.DepthwiseConv2D(
            g, input.Span.ToArray(), weights.Span.ToArray(), bias.Span.ToArray(), min, max);
        FloatData.AssertEqual(expected, output.Span, name);
    }, iter: 300);

    [UnitFact(Takes.Fma)]
    public void The_tile_of_256_bits() =>
        Tile<ConvolutionTile<FourBytesFma, Vector256<float>, Vector256<float>, Vector256<float>>>();

    [Fact]
    public void The_tile_of_128_bits() =>
        Tile<ConvolutionTile<FourBytesFloat128, Pair128<float>, Vector128<float>, Pair128<float>>>();

    private static void Tile<TTile>()
        where TTile : struct, ITile
    {
        Gen.Select(Windows.Any(Gen.Int[1, 12], Gen.Int[1, 40]), Gen.Int[0, 10_000]).Sample((g, seed) =>
        {
            FloatData data = new(seed);
            (float min, float max) = PlainFloats.Activations[seed % 3];
            int image = g.InputHeight * g.InputRow;
            float[] x = data.WithEnds(g.Batches * image, image), w = data.Eighths(g.OutputChannels * g.PatchLength);
            float[] b = data.Eighths(g.OutputChannels);
            if (seed % 2 == 0)
            {
                // Products that cancel: 1e8 in every place of one channel, and ±1 for weights; all else is 0.
                x = [.. x.Select((_, i) => i % g.InputChannels == 0 ? 1e8f : 0)];
                w = [.. w.Select((_, i) => i % g.InputChannels == 0 ? (i / g.InputChannels % 2 == 0 ? 1f : -1) : 0)];
            }

            using GuardedBuffer<float> input = new(x);
            using GuardedBuffer<float> weights = new(PackedWeights.PackFloats(w, g.OutputChannels, g.PatchLength));
            using GuardedBuffer<float> bias = new(b);
            using GuardedBuffer<float> patch = new(Conv2D.FloatScratchLength(g));
            using GuardedBuffer<float> output = new(g.Batches * g.OutputHeight * g.OutputRow);
            ConvolutionArgs args = new()
            {
                Geometry = g.AsOneRow().InBytes(sizeof(float)),
                Input = MemoryMarshal.AsBytes(input.Span),
                Weights = MemoryMarshal.Cast<float, sbyte>(weights.Span),
                Bias = MemoryMarshal.Cast<float, int>(bias.Span),
                Scratch = MemoryMarshal.AsBytes(patch.Span),
                Output = MemoryMarshal.AsBytes(output.Span),
                Min = min,
                Max = max,
            };
            ConvolutionKernel<FloatTileWriter>.Run<TTile>(ref args);
            if (g.OutputChannels % 8 != 0)
            {
                FloatConvolutionRest.Run(ref args);
            }

            FloatData.AssertEqual(PlainFloats.Conv2D(g, x, w, b, min, max), output.Span, typeof(TTile).Name);
        }, iter: 500);
    }

    private sealed class Unit<TUnit, TVector> : IUnit
        where TUnit : struct, IFloatUnit<TVector>
        where TVector : struct
    {
        public string Name => typeof(TUnit).Name;

        public void Rows(float[] x, float[] w, float[] bias, float min, float max, Span<float> y)
        {
            using GuardedBuffer<float> input = new(x);
            using GuardedBuffer<float> weights = new(w);
            using GuardedBuffer<float> biases = new(bias);
            FloatKernel<TUnit, TVector>.Run(
                ref MemoryMarshal.GetReference(input.Span), x.Length, ref MemoryMarshal.GetReference(weights.Span),
                ref MemoryMarshal.GetReference(biases.Span), min, max, ref MemoryMarshal.GetReference(y), y.Length);
        }

        public void Filters(float[] x, float[] w, int length, float[] bias, Span<float> y)
        {
            using GuardedBuffer<float> input = new(x);
            using GuardedBuffer<float> weights = new(w);
            using GuardedBuffer<float> biases = new(bias);
            FloatFilters<TUnit, TVector>.Run(
                ref MemoryMarshal.GetReference(input.Span), ref MemoryMarshal.GetReference(weights.Span), length,
                w.Length / length / y.Length,
                ref MemoryMarshal.GetReference(biases.Span), ref MemoryMarshal.GetReference(y), y.Length);
        }

        public void Depthwise(ref FloatDepthwiseArgs args) =>
            FloatDepthwise<FloatScalar, float>.Run(ref args, FloatDepthwise<TUnit, TVector>.Run(ref args, 0));
    }
}
