using System.Numerics;
using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>Fourier transforms against sums of products in double.</summary>
internal static class FourierCases
{
    private static readonly int[] s_radices = [4, 2, 3, 5];

    [KernelCase("SignalRfft.Int16", "SignalRfft.Int32", "SignalRfft.Float32")]
    public static void Forward(GuardedSpans s)
    {
        (int[] radices, int rows) = (Radices(s), s.Int(1, 2));
        int pairs = radices.Aggregate(1, (product, radix) => product * radix);
        int length = s.Once(2) ? 2 * pairs : s.Int(1, 2 * pairs);
        Complex[] twiddles = Twiddles(pairs, -1), half = HalfTwiddles(pairs, -1);
        // Of half the range, so that no sum on the way wraps.
        double[] input = s.Values(rows * length, () => s.Random.NextDouble() - 0.5);
        Complex[] expected = [.. Enumerable.Range(0, rows).SelectMany(row => Enumerable.Range(0, pairs + 1).Select(k =>
            Enumerable.Range(0, length).Aggregate(Complex.Zero, (sum, i) =>
                sum + (input[(row * length) + i] * Turn(-(double)k * i / (2 * pairs))))))];

        Span<short> shorts = s.Room<short>(2 * expected.Length);
        SignalRfft.Int16(s.Copy(Shorts(input)), rows, s.Copy(radices), s.Copy(Shorts(twiddles)), s.Copy(Shorts(half)),
            shorts);
        Span<int> ints = s.Room<int>(shorts.Length);
        SignalRfft.Int32(s.Copy(Ints(input)), rows, s.Copy(radices), s.Copy(Ints(twiddles)), s.Copy(Ints(half)), ints);
        Span<float> reals = s.Room<float>(shorts.Length);
        SignalRfft.Float32(
            s.Copy(Reals(input)), rows, s.Copy(radices), s.Copy(Reals(twiddles)), s.Copy(Reals(half)), reals);
        double[] parts = Parts(expected);
        for (int i = 0; i < parts.Length; i++)
        {
            double scaled = parts[i] / (2 * pairs);
            Assert.Equal(scaled * short.MaxValue, shorts[i], 4.0 + radices.Length);
            Assert.Equal(scaled * int.MaxValue, ints[i], 4.0 + radices.Length);
            Assert.Equal(parts[i], reals[i], 1e-5 * pairs);
        }
    }

    [KernelCase("SignalIrfft.Int16", "SignalIrfft.Int32", "SignalIrfft.Float32")]
    public static void Inverse(GuardedSpans s)
    {
        (int[] radices, int rows) = (Radices(s), s.Int(1, 2));
        int pairs = radices.Aggregate(1, (product, radix) => product * radix), length = 2 * pairs;
        Complex[] twiddles = Twiddles(pairs, 1), half = HalfTwiddles(pairs, 1);
        double[] input = s.Values(rows * (length + 2), () => (s.Random.NextDouble() - 0.5) / 2);
        double[] expected = [.. Enumerable.Range(0, rows).SelectMany(row => Enumerable.Range(0, length).Select(i =>
            Enumerable.Range(0, length).Sum(k =>
            {
                int at = (row * (length + 2)) + (2 * Math.Min(k, length - k));
                // The first and the last frequency are real, whatever stands beside them.
                double imaginary = k == 0 || k == pairs ? 0 : k < pairs ? input[at + 1] : -input[at + 1];
                return (new Complex(input[at], imaginary) * Turn((double)k * i / length)).Real / length;
            })))];

        Span<short> shorts = s.Room<short>(expected.Length);
        SignalIrfft.Int16(s.Copy(Shorts(input)), rows, s.Copy(radices), s.Copy(Shorts(twiddles)), s.Copy(Shorts(half)),
            s.Room<short>(length), shorts);
        Span<int> ints = s.Room<int>(expected.Length);
        SignalIrfft.Int32(s.Copy(Ints(input)), rows, s.Copy(radices), s.Copy(Ints(twiddles)), s.Copy(Ints(half)),
            s.Room<int>(length), ints);
        Span<float> reals = s.Room<float>(expected.Length);
        SignalIrfft.Float32(s.Copy(Reals(input)), rows, s.Copy(radices), s.Copy(Reals(twiddles)), s.Copy(Reals(half)),
            s.Room<float>(length), reals);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i] * short.MaxValue, shorts[i], 6.0 + radices.Length);
            Assert.Equal(expected[i] * int.MaxValue, ints[i], 6.0 + radices.Length);
            Assert.Equal(expected[i], reals[i], 1e-5);
        }
    }

    /// <summary>Some radices in the order of the stages, up to 60 numbers, or a power of 4.</summary>
    private static int[] Radices(GuardedSpans s)
    {
        int rest = s.Of(2, 3, 4, 5, 6, 8, 9, 15, 16, 25, 30, 32, 45, 60, 64);
        List<int> radices = [];
        foreach (int radix in s_radices)
        {
            for (; rest % radix == 0; rest /= radix)
            {
                radices.Add(radix);
            }
        }

        return [.. radices];
    }

    private static Complex Turn(double turns) => Complex.FromPolarCoordinates(1, 2 * Math.PI * turns);

    private static Complex[] Twiddles(int pairs, int sign) =>
        [.. Enumerable.Range(0, pairs).Select(k => Turn(sign * (double)k / pairs))];

    private static Complex[] HalfTwiddles(int pairs, int sign) =>
        [.. Enumerable.Range(1, pairs / 2).Select(k => Turn(sign * (((double)k / pairs) + 0.5) / 2))];

    private static double[] Parts(Complex[] numbers) => [.. numbers.SelectMany(c => new[] { c.Real, c.Imaginary })];

    private static short[] Shorts(double[] x) => [.. x.Select(v => (short)Math.Round(v * short.MaxValue))];

    private static short[] Shorts(Complex[] x) => Shorts(Parts(x));

    private static int[] Ints(double[] x) => [.. x.Select(v => (int)Math.Round(v * int.MaxValue))];

    private static int[] Ints(Complex[] x) => Ints(Parts(x));

    private static float[] Reals(double[] x) => [.. x.Select(v => (float)v)];

    private static float[] Reals(Complex[] x) => Reals(Parts(x));
}
