using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>Kernels of int16 codes alone, over rows and over each element by itself.</summary>
internal static class WordCases
{
    /// <summary>int16 codes, the ends of their range often.</summary>
    public static short[] Codes(GuardedSpans s, int count) =>
        s.Values(count, () => s.Once(8) ? s.Of(short.MinValue, short.MaxValue) : (short)s.Int(-32768, 32767));

    [KernelCase("Softmax.Int16")]
    public static void Softmaxes(GuardedSpans s)
    {
        (int rows, int depth) = (s.Int(1, 4), s.Length());
        short[] codes = Codes(s, rows * depth);
        short[] exponentials = [.. Steps(i => Math.Exp((i * 10 / 512.0) - 10))];
        short[] reciprocals = [.. Steps(i => 1 / (1 + (i / 512.0)))];
        Span<short> shares = s.Room<short>(codes.Length);

        // A factor of 1/2: 5/65535 for each code.
        if (s.Once(2))
        {
            Softmax.Int16<DoubleRounding>(
                s.Copy(codes), depth, 1 << 30, 0, s.Copy(exponentials), s.Copy(reciprocals), shares);
        }
        else
        {
            Softmax.Int16<SingleRounding>(
                s.Copy(codes), depth, 1 << 30, 0, s.Copy(exponentials), s.Copy(reciprocals), shares);
        }

        for (int i = 0; i < codes.Length; i++)
        {
            short[] row = [.. codes.Skip(i / depth * depth).Take(depth)];
            double share = Math.Exp(codes[i] * 5 / 65535.0) / row.Sum(code => Math.Exp(code * 5 / 65535.0));
            Assert.Equal(share * 32768, shares[i], 12.0);
        }

        static IEnumerable<short> Steps(Func<int, double> function) => Enumerable.Range(0, 513)
            .Select(i => (short)Math.Min(32767, Math.Round(function(i) * 32768)));
    }

    [KernelCase("Slopes.Int16", "Activations.Abs", "Activations.Logistic", "Activations.Tanh", "Activations.Rsqrt")]
    public static void Functions(GuardedSpans s)
    {
        short[] input = Codes(s, s.Length());
        Slope<DoubleRounding>(s, input, isSingle: false);
        Slope<SingleRounding>(s, input, isSingle: true);
        Span<short> output = s.Room<short>(input.Length);
        Activations.Abs(s.Copy(input), output);
        Assert.Equal(Array.ConvertAll(input, x => (short)Math.Abs((int)x)), output.ToArray());

        // Steps of 1/4096, and of half as much.
        (int multiplier, int shift, double scale) = s.Of((3, 0, 1.0 / 4096), (24_576, 14, 1.0 / 8192));
        Activations.Logistic(s.Copy(input), multiplier, shift, output);
        Near(input, output, x => 32768 / (1 + Math.Exp(-x * scale)));
        Activations.Tanh(s.Copy(input), multiplier, shift, output);
        Near(input, output, x => 32768 * Math.Tanh(x * scale));
        Activations.Rsqrt<DoubleRounding>(s.Copy(input), 1 << 30, -4, output); // 2^15 / √x
        Near(input, output, x => x <= 0 ? 32767 : 32768 / Math.Sqrt(x));
    }

    private static void Slope<TRounding>(GuardedSpans s, short[] input, bool isSingle)
        where TRounding : struct, IFixedPointRounding
    {
        (int zeroIn, int zeroOut) = s.Of((0, 0), (s.Int(-900, 900), s.Int(-900, 900)));
        (int multiplier, int shift) = (s.Int(1 << 30, int.MaxValue), s.Int(-20, 14));
        (int below, int shiftBelow) = (s.Int(1 << 30, int.MaxValue), s.Int(-20, 14));
        (bool first, bool last) = (s.Once(2), s.Once(2));
        (int min, int max) = s.Of((-32768, 32767), (-20, 9000));
        Span<short> output = s.Room<short>(input.Length);
        Slopes.Int16<TRounding>(s.Copy(input),
            new(zeroIn, multiplier, shift, below, shiftBelow, first, last, zeroOut, min, max), output);
        Assert.Equal(Array.ConvertAll(input, code =>
        {
            int x = code - zeroIn;
            long y = x >= 0
                ? FixedPointCase.Scale(isSingle, x, multiplier, shift)
                : (last ? -1L : 1) * FixedPointCase.Scale(isSingle, first ? -x : x, below, shiftBelow);
            return (short)Math.Clamp(y + zeroOut, min, max);
        }), output.ToArray());
    }

    private static void Near(short[] input, Span<short> output, Func<short, double> formula)
    {
        for (int i = 0; i < input.Length; i++)
        {
            Assert.Equal(Math.Clamp(formula(input[i]), -32768, 32767), output[i], 4.0);
        }
    }
}
