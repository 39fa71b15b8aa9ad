using System.Runtime.InteropServices;
using TinyQuant.Kernels;
using TinyQuant.Kernels.Convolution;
using TinyQuant.Kernels.Depthwise;
using TinyQuant.Kernels.MatrixVector;
using TinyQuant.Kernels.Requantizers;
using TinyQuant.Runtime.Tests;

namespace TinyQuant.UnitCheck;

/// <summary>The comparisons; each prints one line.</summary>
internal sealed partial class Check
{
    private readonly Random _random = new(1);

    public int Failures { get; private set; }

    /// <summary>A dot unit against plain loops, for shapes that take every path.</summary>
    public void Unit<TUnit, TSum, TInput>(
        bool supported, bool full, bool codes = true, bool pixels = true, bool emulated = false)
        where TUnit : struct, IDotUnit<TSum, TInput>
        where TSum : struct
        where TInput : struct
    {
        string name = TUnit.Name + (codes ? "" : " of pixels") + (pixels ? "" : " of codes")
            + (emulated ? ", emulated" : "");
        if (!supported)
        {
            Skip(name);
            return;
        }

        int failures = 0;
        foreach (int outputs in (ReadOnlySpan<int>)[1, 2, 3, 4, 5, 7, 8, 10, 15, 33, 47])
        {
            for (int depth = 0; depth <= 140; depth += depth < 36 ? 1 : 13)
            {
                failures += Dense<TUnit, TSum, TInput>(outputs, depth, full ? -128 : -127, codes, pixels) ? 0 : 1;
            }
        }

        Report(name, failures);
    }

    /// <summary>Tiles of one instruction set against plain loops.</summary>
    public void Tile<TTile>(string name, bool supported, bool full)
        where TTile : struct, ITile
    {
        if (!supported)
        {
            Skip("tiles, " + name);
            return;
        }

        int least = full ? -128 : -127;
        Report("tiles, " + name,
            TileCases.Tiles<TTile>(_random, least) + TileCases.Convolutions<TTile>(_random, least));
    }

    /// <summary>Depthwise convolution with one instruction set against the portable form.</summary>
    public void Depthwise<TUnit, TSum, TGroup>(string name, bool supported)
        where TUnit : struct, IDepthwiseUnit<TSum, TGroup>
        where TSum : struct
        where TGroup : struct
    {
        if (!supported)
        {
            Skip("depthwise, " + name);
            return;
        }

        Report("depthwise, " + name, TileCases.Depthwise<TUnit, TSum, TGroup>(_random));
    }

    private delegate void Requantizer(
        ReadOnlySpan<int> accumulators, in Requantization r, int firstChannel, Span<sbyte> output);

    /// <summary>The vector forms that the kernels choose against the scalar ones.</summary>
    public void Requantizations()
    {
        Requantize(
            "requantization, double", RequantDouble.Run, FixedPointCodes.RunScalar<DoubleRounding>, isFloat: false);
        Requantize(
            "requantization, single", RequantSingle.Run, FixedPointCodes.RunScalar<SingleRounding>, isFloat: false);
        Requantize("requantization, float-even", RequantFloatEven.Run, RequantFloatEven.RunScalar, isFloat: true);
    }

    private void Requantize(string name, Requantizer run, Requantizer scalar, bool isFloat)
    {
        int failures = 0;
        var accumulators = new int[77];
        var multipliers = new int[77];
        var shifts = new int[77];
        var scales = new float[77];
        var expected = new sbyte[77];
        var actual = new sbyte[77];
        for (int round = 0; round < 300; round++)
        {
            for (int i = 0; i < accumulators.Length; i++)
            {
                accumulators[i] = _random.Next(-1 << 20, 1 << 20) << (round % 12);
                multipliers[i] = _random.Next(1 << 30, int.MaxValue);
                shifts[i] = _random.Next(-20, round % 3 == 0 ? 2 : 0);
                // powers of two make ties
                scales[i] = round % 3 == 0 ? 1f / (1 << _random.Next(12, 22)) : _random.NextSingle() / 4096;
            }

            int zeroPoint = _random.Next(-128, 128);
            Requantization r = isFloat
                ? new(scales, zeroPoint, -120, 127)
                : new(multipliers, shifts, zeroPoint, -120, 127);
            run(accumulators, r, 0, actual);
            scalar(accumulators, r, 0, expected);
            failures += actual.AsSpan().SequenceEqual(expected) ? 0 : 1;
        }

        Report(name, failures);
    }

    /// <summary>Quantization by range and by scale against their scalar forms.</summary>
    public void Dynamic()
    {
        int failures = 0;
        var input = new float[83];
        var expected = new sbyte[83];
        var actual = new sbyte[83];
        for (int round = 0; round < 300; round++)
        {
            foreach (ref float value in input.AsSpan())
            {
                // Halves of the steps too, where rounding could differ.
                value = round % 2 == 0 ? _random.Next(-255, 256) * 0.5f : (_random.NextSingle() * round) - 3;
            }

            Quantize.Dynamic(input, actual, out float scale, out int zeroPoint);
            Quantize.DynamicScalar(input, (float)(1.0 / scale), zeroPoint, expected);
            failures += actual.AsSpan().SequenceEqual(expected) ? 0 : 1;
            Quantize.Run(input, scale, zeroPoint, actual);
            Quantize.RunScalar(input, scale, zeroPoint, expected);
            failures += actual.AsSpan().SequenceEqual(expected) ? 0 : 1;
        }

        Report("quantization", failures);
    }

    /// <summary>No kernel allocates.</summary>
    public void Heap()
    {
        var input = new float[100];
        var codes = new sbyte[100];
        var weights = new sbyte[FullyConnected.PackedLength(9, 100)];
        var sums = new int[9];
        var reals = new float[9];
        long before = 0;
        for (int i = 0; i < 100; i++)
        {
            before = i == 2 ? GC.GetAllocatedBytesForCurrentThread() : before;
            FullyConnected.Hybrid<FullWeights>(input, weights, sums, 1, reals, 0, 6, codes, reals);
            FullyConnected.Accumulate<NarrowWeights>(codes, weights, sums, sums);
        }

        Report("heap", (int)(GC.GetAllocatedBytesForCurrentThread() - before));
    }

    private bool Dense<TUnit, TSum, TInput>(int outputs, int depth, int least, bool codes, bool pixels)
        where TUnit : struct, IDotUnit<TSum, TInput>
        where TSum : struct
        where TInput : struct
    {
        var input = new sbyte[depth];
        var weights = new sbyte[outputs * depth];
        var bias = new int[outputs];
        var unsignedBias = new int[outputs];
        var expected = new int[outputs];
        var actual = new int[outputs];
        foreach (ref sbyte code in input.AsSpan())
        {
            code = (sbyte)(_random.Next(3) == 0 ? _random.Next(-128, 128) : -128);
        }

        foreach (ref sbyte weight in weights.AsSpan())
        {
            weight = (sbyte)(_random.Next(3) == 0 ? _random.Next(least, 128) : least);
        }

        for (int o = 0; o < outputs; o++)
        {
            bias[o] = expected[o] = unsignedBias[o] = _random.Next(-1000, 1000);
            for (int i = 0; i < depth; i++)
            {
                expected[o] += input[i] * weights[(o * depth) + i];
                unsignedBias[o] -= 128 * weights[(o * depth) + i];
            }
        }

        MatrixVectorArgs args = new()
        {
            Input = MemoryMarshal.AsBytes(input.AsSpan()),
            Weights = PackedWeights.Pack(weights, outputs, depth),
            Bias = bias,
            UnsignedBias = unsignedBias,
            Accumulators = actual,
        };
        if (codes)
        {
            MatrixVectorKernel.Run<TUnit, TSum, TInput>(ref args);
        }

        bool ofCodes = !codes || actual.AsSpan().SequenceEqual(expected);

        // The same inputs as pixels, which are their codes plus 128.
        args.Input = Array.ConvertAll(input, code => (byte)(code ^ 0x80));
        args.IsUnsigned = true;
        actual.AsSpan().Clear();
        if (pixels)
        {
            MatrixVectorKernel.Run<TUnit, TSum, TInput>(ref args);
        }

        return ofCodes && (!pixels || actual.AsSpan().SequenceEqual(expected));
    }

    // What did not run is said, so that nobody takes it for passed.
    private static void Skip(string name) =>
        Console.WriteLine($"skipped  {name}: this processor has no such instructions");

    private void Report(string name, int failures)
    {
        Console.WriteLine($"{(failures == 0 ? "ok" : "FAILED")}  {name}{(failures == 0 ? "" : $": {failures}")}");
        Failures += failures;
    }
}
