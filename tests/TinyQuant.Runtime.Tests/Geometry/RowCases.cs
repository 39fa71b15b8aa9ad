using TinyQuant.Kernels;
using TinyQuant.Tests;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>Kernels over rows, and over each element by itself.</summary>
internal static class RowCases
{
    [KernelCase("Softmax.Int8", "Softmax.Int8ToInt16", "Softmax.Float32")]
    public static void Softmaxes(GuardedSpans s)
    {
        (int rows, int depth) = (s.Int(1, 4), s.Length());
        sbyte[] codes = s.Codes(rows * depth);
        double scale = s.Of(8, 16, 100);
        int[] exponentials = [
            .. Enumerable.Range(0, 256).Select(d =>
                (int)Math.Min(int.MaxValue, Math.Round(Math.Exp(-d / scale) * (1L << 31))))];
        Span<sbyte> shares = s.Room<sbyte>(codes.Length);
        Span<short> fine = s.Room<short>(codes.Length);
        Span<float> reals = s.Room<float>(codes.Length);
        Softmax.Int8(s.Copy(codes), depth, s.Copy(exponentials), shares);
        Softmax.Int8ToInt16(s.Copy(codes), depth, s.Copy(exponentials), fine);
        Softmax.Float32(s.Copy(Array.ConvertAll(codes, code => code / 16f)), depth, (float)(16 / scale), reals);
        for (int i = 0; i < codes.Length; i++)
        {
            double share = Math.Exp(codes[i] / scale)
                / codes.Skip(i / depth * depth).Take(depth).Sum(code => Math.Exp(code / scale));
            Assert.InRange(shares[i], Math.Min((share * 256) - 128 - 0.6, 127), (share * 256) - 128 + 0.6);
            Assert.InRange(fine[i], Math.Min((share * 65536) - 32768 - 3, 32767), (share * 65536) - 32768 + 3);
            Assert.Equal(share, reals[i], 1e-5);
        }
    }

    [KernelCase("L2Normalization.Int8", "L2Normalization.Float32")]
    public static void L2(GuardedSpans s)
    {
        (int rows, int depth, int zeroPoint) = (s.Int(1, 4), s.Length(), s.Int(-128, 127));
        sbyte[] codes = s.Codes(rows * depth);
        float[] reals = s.Eighths(codes.Length);
        Span<sbyte> output = s.Room<sbyte>(codes.Length);
        Span<float> lengths = s.Room<float>(codes.Length);
        if (s.Once(2))
        {
            L2Normalization.Int8<DoubleRounding>(s.Copy(codes), depth, zeroPoint, output);
        }
        else
        {
            L2Normalization.Int8<SingleRounding>(s.Copy(codes), depth, zeroPoint, output);
        }

        L2Normalization.Float32(s.Copy(reals), depth, lengths);
        for (int i = 0; i < codes.Length; i++)
        {
            double length = Math.Sqrt(
                codes.Skip(i / depth * depth).Take(depth).Sum(code => Math.Pow(code - zeroPoint, 2)));
            double realLength = Math.Sqrt(reals.Skip(i / depth * depth).Take(depth).Sum(real => real * (double)real));
            Assert.Equal(
                length == 0 ? 0 : Math.Clamp(128 * (codes[i] - zeroPoint) / length, -128, 127), output[i], 1.0);
            Assert.Equal(realLength == 0 ? 0 : reals[i] / realLength, lengths[i], 1e-5);
        }
    }

    [KernelCase("LookupTable.Int8")]
    public static void Table(GuardedSpans s)
    {
        sbyte[] codes = s.Codes(s.Length(129)), table = s.Codes(256);
        Span<sbyte> output = s.Room<sbyte>(codes.Length);
        LookupTable.Int8(s.Copy(codes), s.Copy(table), output);
        Assert.Equal(Array.ConvertAll(codes, code => table[code + 128]), output.ToArray());
    }

    [KernelCase("RequantDouble.Run", "RequantSingle.Run", "RequantFloatEven.Run")]
    public static void Requantizers(GuardedSpans s)
    {
        // Channels of a wider layer, from any on; the output may have room for more.
        (int first, int count) = (s.Int(0, 20), s.Length());
        int channels = first + count;
        int[] sums = s.Values(
            count, () => s.Once(5) ? s.Random.Next(int.MinValue, int.MaxValue) : s.Int(-100_000, 100_000));
        Span<sbyte> output = s.Room<sbyte>(count + s.Int(0, 2));
        FixedPointCase constants = s.FixedPoint(channels);
        double[] all = [.. new double[first], .. sums.Select(sum => (double)sum)];
        RequantDouble.Run(s.Copy(sums), constants.Requantization, first, output);
        Assert.Equal(constants.Codes<RequantDouble>(all, channels)[first..], output[..count].ToArray());
        RequantSingle.Run(s.Copy(sums), constants.Requantization, first, output);
        Assert.Equal(constants.Codes<RequantSingle>(all, channels)[first..], output[..count].ToArray());

        // Float: the sum in float32 times the scale, clamped less the zero point, halves to the even neighbour.
        float[] scales = s.Values(s.Once(2) ? 1 : channels, () => s.Of(0.5f, 0.25f, 0.001f, 0.0123f));
        int zeroPoint = s.Int(-128, 127);
        RequantFloatEven.Run(s.Copy(sums), new(s.Copy(scales), zeroPoint, -120, 127), first, output);
        for (int i = 0; i < count; i++)
        {
            float scaled = Math.Clamp(
                sums[i] * scales[scales.Length == 1 ? 0 : first + i], -120 - zeroPoint, 127 - zeroPoint);
            Assert.Equal((sbyte)((int)MathF.Round(scaled, MidpointRounding.ToEven) + zeroPoint), output[i]);
        }
    }

    // And all of UnaryKernels.
    [KernelCase("Activations.Clamp", "Activations.LeakyRelu")]
    public static void Reals(GuardedSpans s)
    {
        float[] input = s.Eighths(s.Length());
        Span<float> x = s.Copy(input), y = s.Room<float>(input.Length);
        foreach ((_, UnaryKernel run, Func<double, double> formula) in UnaryKernels.All)
        {
            run(x, y);
            Near(input, y, formula);
        }

        Activations.Clamp(x, -1, 2, y);
        Near(input, y, v => Math.Clamp(v, -1, 2));
        Activations.LeakyRelu(x, 0.25f, y);
        Near(input, y, v => v < 0 ? v * 0.25 : v);
    }

    private static void Near(float[] input, Span<float> output, Func<double, double> formula)
    {
        for (int i = 0; i < input.Length; i++)
        {
            Assert.Equal(formula(input[i]), output[i], 1e-5);
        }
    }
}
