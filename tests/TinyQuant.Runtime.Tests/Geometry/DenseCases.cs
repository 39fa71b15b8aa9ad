using TinyQuant.Kernels;
using TinyQuant.Runtime.Tests.Kernels.Int4;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>Matrix-vector products of any shape.</summary>
internal static class DenseCases
{
    [KernelCase("FullyConnected.Accumulate", "FullyConnected.Int8")]
    public static void Int8(GuardedSpans s)
    {
        if (s.Once(2))
        {
            Int8<NarrowWeights, RequantDouble>(s);
        }
        else
        {
            Int8<FullWeights, RequantSingle>(s);
        }
    }

    [KernelCase("FullyConnected.Int8Offset")]
    public static void Int8Offset(GuardedSpans s)
    {
        (int rows, int depth, int outputs) = (s.Int(1, 3), s.Length(), s.Length());
        Span<sbyte> input = s.Copy(s.Codes(rows * depth)), weights = s.Copy(s.Codes(outputs * depth)),
            output = s.Room<sbyte>(rows * outputs);
        int[] bias = s.Biases(outputs);
        (int zeroPoint, int weightsZeroPoint) = (s.Int(-128, 127), s.Int(-128, 127));
        FixedPointCase constants = s.FixedPoint(outputs);
        FullyConnected.Int8Offset<RequantDouble>(
            input, zeroPoint, weights, weightsZeroPoint, s.Copy(bias), constants.Requantization, output);
        double[] sums = Sums(
            WindowCases.Less(input, zeroPoint), WindowCases.Less(weights, weightsZeroPoint), WindowCases.Doubles(bias),
            rows);
        Assert.Equal(constants.Codes<RequantDouble>(sums, outputs), output.ToArray());
    }

    [KernelCase("FullyConnected.Float32")]
    public static void Float32(GuardedSpans s)
    {
        (int rows, int depth, int outputs) = (s.Int(1, 3), s.Length(), s.Length());
        float[] input = s.Eighths(rows * depth), weights = s.Eighths(outputs * depth), bias = s.Eighths(outputs);
        Span<float> output = s.Room<float>(rows * outputs);
        FullyConnected.Float32(s.Copy(input), s.Copy(weights), s.Copy(bias), -100, 200, output);
        double[] sums = Sums(WindowCases.Doubles(input), WindowCases.Doubles(weights), WindowCases.Doubles(bias), rows);
        Assert.Equal(sums.Select(sum => (float)Math.Clamp(sum, -100, 200)), output.ToArray());
    }

    [KernelCase("FullyConnected.Int4")]
    public static void Int4(GuardedSpans s)
    {
        (int rows, int depth, int outputs) = (s.Int(1, 3), s.Length(), s.Length());
        using Int4Case int4 = new(outputs, depth, 1, s.Once(2), s.Random);
        Span<sbyte> input = s.Copy(s.Codes(rows * depth)), output = s.Room<sbyte>(rows * outputs);
        int[] bias = s.Biases(outputs);
        int room = s.Of(outputs, Math.Min(outputs, 8), Math.Min(outputs, 21));
        FixedPointCase constants = s.FixedPoint(outputs);
        FullyConnected.Int4<RequantDouble>(
            input, s.Copy<sbyte>(int4.Packed.Span), s.Copy<sbyte>(int4.Multipliers.Span), s.Copy(bias),
            constants.Requantization,
            s.Room<sbyte>(room * ((depth + 3) & ~3)), output);
        double[] sums = Sums(
            WindowCases.Less(input, 0), WindowCases.Less(int4.Weights, 0), WindowCases.Doubles(bias), rows);
        Assert.Equal(constants.Codes<RequantDouble>(sums, outputs), output.ToArray());
    }

    [KernelCase("FullyConnected.Hybrid")]
    public static void Hybrid(GuardedSpans s)
    {
        (int rows, int depth, int outputs) = (s.Int(1, 3), s.Length(), s.Length());
        float[] input = s.Eighths(rows * depth), bias = s.Eighths(outputs);
        sbyte[] weights = s.Codes(outputs * depth, -127);
        const float weightScale = 0.0123f;
        int[] weightSums = [
            .. Enumerable.Range(0, outputs).Select(o => weights.Skip(o * depth).Take(depth).Sum(w => w))];
        Span<float> output = s.Room<float>(rows * outputs);
        FullyConnected.Hybrid<NarrowWeights>(
            s.Copy(input), s.Copy(PackedWeights.Pack(weights, outputs, depth)), s.Copy(weightSums), weightScale,
            s.Copy(bias), -10, 20,
            s.Room<sbyte>(depth), output);
        for (int row = 0; row < rows; row++)
        {
            var codes = new sbyte[depth];
            Quantize.Dynamic(input.AsSpan(row * depth, depth), codes, out float scale, out int zeroPoint);
            double[] sums = Sums(
                WindowCases.Less(codes, zeroPoint), WindowCases.Less(weights, 0), new double[outputs], 1);
            for (int o = 0; o < outputs; o++)
            {
                float product = (float)sums[o] * (scale * weightScale);
                Assert.Equal(Math.Min(Math.Max(bias[o] + product, -10), 20), output[(row * outputs) + o]);
            }
        }
    }

    [KernelCase("FullyConnected.HybridChannels")]
    public static void HybridChannels(GuardedSpans s) => HybridOfScales(s, isSymmetric: false);

    [KernelCase("FullyConnected.HybridSymmetric")]
    public static void HybridSymmetric(GuardedSpans s) => HybridOfScales(s, isSymmetric: true);

    private static void HybridOfScales(GuardedSpans s, bool isSymmetric)
    {
        (int rows, int depth, int outputs) = (s.Int(1, 3), s.Length(), s.Length());
        float[] input = s.Once(9) ? new float[rows * depth] : s.Eighths(rows * depth), bias = s.Eighths(outputs);
        sbyte[] weights = s.Codes(outputs * depth);
        float[] scales = s.Values(
            isSymmetric && s.Once(2) ? 1 : outputs, () => (s.Random.NextSingle() + 0.1f) / 64);
        int[] weightSums = [
            .. Enumerable.Range(0, outputs).Select(o => weights.Skip(o * depth).Take(depth).Sum(w => w))];
        Span<float> output = s.Room<float>(rows * outputs);
        Span<sbyte> packed = s.Copy(PackedWeights.Pack(weights, outputs, depth)), room = s.Room<sbyte>(depth);
        if (isSymmetric)
        {
            FullyConnected.HybridSymmetric<FullWeights>(
                s.Copy(input), packed, s.Copy(weightSums), s.Copy(scales), s.Copy(bias), -10, 20, room, output);
        }
        else
        {
            FullyConnected.HybridChannels<FullWeights>(
                s.Copy(input), packed, s.Copy(weightSums), s.Copy(scales), s.Copy(bias), -10, 20, room, output);
        }

        for (int row = 0; row < rows; row++)
        {
            float[] values = input.AsSpan(row * depth, depth).ToArray();
            (sbyte[] codes, float scale, int zeroPoint) =
                isSymmetric ? PlainSymmetric.Quantize(values) : Dynamic(values);
            double[] sums = Sums(
                WindowCases.Less(codes, zeroPoint), WindowCases.Less(weights, 0), new double[outputs], 1);
            for (int o = 0; o < outputs; o++)
            {
                float product = (float)sums[o] * (scale * scales[scales.Length == 1 ? 0 : o]);
                Assert.Equal(Math.Min(Math.Max(bias[o] + product, -10), 20), output[(row * outputs) + o]);
            }
        }
    }

    private static (sbyte[] Codes, float Scale, int ZeroPoint) Dynamic(float[] values)
    {
        var codes = new sbyte[values.Length];
        Quantize.Dynamic(values, codes, out float scale, out int zeroPoint);
        return (codes, scale, zeroPoint);
    }

    /// <summary>bias[o] + Σ weights[o, i] · input[r, i].</summary>
    public static double[] Sums(double[] input, double[] weights, double[] bias, int rows)
    {
        int depth = input.Length / rows;
        var sums = new double[rows * bias.Length];
        for (int i = 0; i < sums.Length; i++)
        {
            int o = i % bias.Length;
            sums[i] = bias[o];
            for (int k = 0; k < depth; k++)
            {
                sums[i] += weights[(o * depth) + k] * input[(i / bias.Length * depth) + k];
            }
        }

        return sums;
    }

    private static void Int8<TRange, TRequantizer>(GuardedSpans s)
        where TRange : struct, IWeightRange
        where TRequantizer : struct, IRequantizer
    {
        (int rows, int depth, int outputs) = (s.Int(1, 3), s.Length(), s.Length());
        sbyte[] codes = s.Codes(rows * depth), weights = s.Codes(outputs * depth, TRange.IsNarrow ? -127 : -128);
        Span<sbyte> input = s.Copy(codes), packed = s.Copy(PackedWeights.Pack(weights, outputs, depth)),
            output = s.Room<sbyte>(rows * outputs);
        Span<byte> pixels = s.Copy(Array.ConvertAll(codes, code => (byte)(code + 128)));
        Span<int> bias = s.Copy(s.Biases(outputs)), sums = s.Room<int>(rows * outputs),
            sumsOfPixels = s.Room<int>(rows * outputs);
        double[] expected = Sums(
            WindowCases.Less(codes, 0), WindowCases.Less(weights, 0), WindowCases.Doubles(bias), rows);
        FullyConnected.Accumulate<TRange>(input, packed, bias, sums);
        FullyConnected.Accumulate<TRange>(
            pixels, packed, bias, s.Copy(WindowCases.Folded(bias, weights, 128)), sumsOfPixels);
        Assert.Equal(Array.ConvertAll(expected, sum => (int)sum), sums.ToArray());
        Assert.Equal(sums.ToArray(), sumsOfPixels.ToArray());
        FixedPointCase constants = s.FixedPoint(outputs);
        FullyConnected.Int8<TRange, TRequantizer>(input, packed, bias, constants.Requantization, output);
        Assert.Equal(constants.Codes<TRequantizer>(expected, outputs), output.ToArray());
    }
}
