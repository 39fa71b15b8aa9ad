using System.Numerics;
using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>Signal kernels over spectra and the bands of a filter bank, against numbers of any size.</summary>
internal static class BandCases
{
    private const int GainTable = 125;
    private const int Segments = 128;

    [KernelCase("SignalEnergy.Run")]
    public static void Energies(GuardedSpans s)
    {
        int count = s.Length();
        int start = s.Int(0, count), end = s.Int(start, count);
        short[] input = SignalCases.Samples(s, 2 * count);
        Span<uint> output = s.Room<uint>(count);
        SignalEnergy.Run(s.Copy(input), start, end, output);
        Assert.Equal(
            [.. Enumerable.Range(0, count).Select(i => i < start || i >= end
                ? 0
                : (uint)(((long)input[2 * i] * input[2 * i]) + ((long)input[(2 * i) + 1] * input[(2 * i) + 1])))],
            output.ToArray());
    }

    [KernelCase("SignalFilterBank.Run")]
    public static void Banks(GuardedSpans s)
    {
        (int channels, int length, int weightCount) = (s.Int(1, 20), s.Length(), s.Length());
        short[] widths = s.Values(channels + 1, () => (short)s.Int(0, Math.Min(length, weightCount)));
        short[] starts = [.. widths.Select(w => (short)s.Int(0, length - w))];
        short[] weightStarts = [.. widths.Select(w => (short)s.Int(0, weightCount - w))];
        short[] up = SignalCases.Samples(s, weightCount), down = SignalCases.Samples(s, weightCount);
        uint[] input = s.Values(length, () => (uint)s.Random.NextInt64(1L << 32));
        Span<ulong> output = s.Room<ulong>(channels);
        SignalFilterBank.Run(
            s.Copy(input), s.Copy(up), s.Copy(down), s.Copy(starts), s.Copy(weightStarts), s.Copy(widths), output);
        for (int c = 0; c < channels; c++)
        {
            Assert.Equal(ulong.CreateTruncating(Side(c, down) + Side(c + 1, up)), output[c]);
        }

        BigInteger Side(int side, short[] weights) => Enumerable.Range(0, widths[side]).Aggregate(
            BigInteger.Zero,
            (sum, i) => sum + ((BigInteger)weights[weightStarts[side] + i] * input[starts[side] + i]));
    }

    [KernelCase("SignalFilterBankSquareRoot.Run")]
    public static void Roots(GuardedSpans s)
    {
        ulong[] input = s.Values(s.Length(), () =>
        {
            ulong root = (ulong)s.Random.NextInt64(1L << s.Int(1, 32));
            // Squares, what is halfway between their roots, and what is next to them.
            return s.Of(
                root * root, unchecked((root * root) + root), unchecked((root * root) + root + 1), (root * root) - 1,
                ulong.MaxValue, uint.MaxValue, (ulong)uint.MaxValue + 1, (ulong)s.Random.NextInt64());
        });
        int shift = s.Int(0, 31);
        Span<uint> output = s.Room<uint>(input.Length);
        SignalFilterBankSquareRoot.Run(s.Copy(input), s.Copy(new int[] { shift }), output);
        for (int i = 0; i < input.Length; i++)
        {
            // The root of four times as much, plus 1 and halved, is the nearest.
            BigInteger nearest = (Floor((BigInteger)input[i] * 4) + 1) / 2;
            BigInteger most = input[i] <= uint.MaxValue ? ushort.MaxValue : uint.MaxValue;
            Assert.Equal((uint)BigInteger.Min(nearest, most) >> shift, output[i]);
        }
    }

    [KernelCase("SignalFilterBankSpectralSubtraction.Run")]
    public static void Subtractions(GuardedSpans s)
    {
        int channels = s.Length(40);
        int[] parts = s.Values(5, () => s.Of(0, 1 << 14, s.Int(0, 1 << 14), s.Int(0, int.MaxValue)));
        (int smoothing, int bits, bool clamping) = (s.Int(0, 31), s.Of(14, s.Int(0, 63)), s.Once(2));
        SpectralSubtractionOptions options = new(
            parts[0], parts[1], parts[2], parts[3], parts[4], smoothing, bits);
        uint[] noise = new uint[channels];
        Span<uint> state = s.Copy(noise), output = s.Room<uint>(channels), estimate = s.Room<uint>(channels);
        for (int run = 0; run < 5; run++)
        {
            uint[] input = Numbers(s, channels);
            SignalFilterBankSpectralSubtraction.Run(s.Copy(input), options, clamping, state, output, estimate);
            for (int c = 0; c < channels; c++)
            {
                (int fresh, int old) = (parts[c % 2 * 2], parts[(c % 2 * 2) + 1]);
                uint scaled = uint.CreateTruncating((BigInteger)input[c] << smoothing);
                uint next = uint.CreateTruncating(
                    ulong.CreateTruncating(((BigInteger)scaled * fresh) + ((BigInteger)noise[c] * old)) >> bits);
                uint least = uint.CreateTruncating(((BigInteger)input[c] * parts[4]) >> bits);
                noise[c] = clamping && next > scaled ? scaled : next;
                Assert.Equal(noise[c], estimate[c]);
                Assert.Equal(Math.Max(next > scaled ? 0 : (scaled - next) >> smoothing, least), output[c]);
            }
        }
    }

    [KernelCase("SignalPcan.Run")]
    public static void Gains(GuardedSpans s)
    {
        int channels = s.Length();
        uint[] input = Numbers(s, channels), noise = Numbers(s, channels);
        // A constant gain that each segment begins with, and nothing between them.
        short gain = (short)s.Int(0, short.MaxValue);
        short[] table = [.. Enumerable.Range(0, GainTable).Select(i => i < 3 || i % 4 == 2 ? gain : (short)0)];
        int shift = s.Int(0, 63);
        Span<uint> output = s.Once(2) ? s.Copy(noise) : s.Room<uint>(channels);
        SignalPcan.Run(s.Copy(input), s.Copy(noise), s.Copy(table), shift, output);
        for (int c = 0; c < channels; c++)
        {
            uint ratio = uint.CreateTruncating(((BigInteger)input[c] * gain) >> shift);
            Assert.Equal(
                ratio < 8_192 ? (uint)(((ulong)ratio * ratio) >> 20) : (ratio / 64) - 64, output[c]);
        }

        // A table that says the number itself: a line in each segment, which begins with 2^(bits - 1).
        for (int bits = 3; bits <= 11; bits++)
        {
            (table[(4 * bits) - 6], table[(4 * bits) - 5]) = ((short)(1 << (bits - 1)), (short)(1 << (bits - 1)));
        }

        uint[] small = s.Values(channels, () => (uint)s.Int(4, 2_047));
        SignalPcan.Run(s.Copy(s.Values(channels, () => 1u << 15)), s.Copy(small), s.Copy(table), 10, output);
        Assert.Equal(Array.ConvertAll(small, x => x < 256 ? x * x / 1_024 : (x / 2) - 64), output.ToArray());
    }

    [KernelCase("SignalFilterBankLog.Run")]
    public static void Logarithms(GuardedSpans s)
    {
        uint[] input = Numbers(s, s.Length());
        short[] table = [.. Enumerable.Range(0, Segments + 1).Select(j => (double)j / Segments)
            .Select(x => (short)Math.Round(65_536 * (Math.Log2(1 + x) - x)))];
        (int scale, int bits) = (s.Int(0, 2_000), s.Int(0, 8));
        Span<short> output = s.Room<short>(input.Length);
        SignalFilterBankLog.Run(s.Copy(input), s.Copy(table), bits, scale, output);
        for (int i = 0; i < input.Length; i++)
        {
            uint x = input[i] << bits;
            double logarithm = x <= 1 ? 0 : Math.Log(x);
            Assert.Equal(Math.Min(logarithm * scale, short.MaxValue), output[i], 1 + (0.003 * scale));
        }
    }

    private static uint[] Numbers(GuardedSpans s, int count) => s.Values(count, () =>
        s.Of(0u, 1u, 2u, uint.MaxValue, (uint)s.Random.NextInt64(1L << s.Int(1, 32))));

    /// <summary>The root, without what is behind the point.</summary>
    private static BigInteger Floor(BigInteger x)
    {
        (BigInteger least, BigInteger most) = (0, BigInteger.One << 34);
        while (most - least > 1)
        {
            BigInteger middle = (least + most) / 2;
            (least, most) = middle * middle <= x ? (middle, most) : (least, middle);
        }

        return least;
    }
}
