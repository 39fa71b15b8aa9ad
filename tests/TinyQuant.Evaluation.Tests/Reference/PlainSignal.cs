using System.Numerics;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>The signal operators of TensorFlow Lite Micro that keep nothing, in numbers of any size.</summary>
internal static class PlainSignal
{
    public static double[] Window(double[] x, double[] weights, int shift) => [.. x.Select((v, i) =>
        Math.Clamp(Math.Floor(v * weights[i % weights.Length] / (1L << shift)), short.MinValue, short.MaxValue))];

    /// <summary>The greatest magnitude is kept in int16, where −32768 has none: what follows starts anew.</summary>
    public static double[][] AutoScale(double[] x)
    {
        double most = x.Aggregate(0.0, (most, v) => v > most ? v : -v <= most ? most : -v > 32_767 ? -32_768 : -v);
        int bits = most <= 0 ? 0 : Enumerable.Range(0, 16).Last(b => most * (1 << b) < 32_768);
        return [[.. x.Select(v => (double)(short)((int)v << bits))], [bits]];
    }

    public static double[] Energy(double[] x, int start, int end) => [.. Enumerable.Range(0, x.Length / 2).Select(i =>
        i < start || i >= end ? 0 : (x[2 * i] * x[2 * i]) + (x[(2 * i) + 1] * x[(2 * i) + 1]))];

    /// <summary>Spectrum, rising and falling weights, and of each side where it begins in both, and its width.
    /// </summary>
    public static double[] FilterBank(double[][] v)
    {
        return [.. Enumerable.Range(0, v[5].Length - 1).Select(c =>
            (double)ulong.CreateTruncating(Side(v[2], c) + Side(v[1], c + 1)))];

        BigInteger Side(double[] weights, int side) => Enumerable.Range(0, (int)v[5][side]).Aggregate(
            BigInteger.Zero, (sum, i) => sum
                + ((BigInteger)weights[(int)v[4][side] + i] * (BigInteger)v[0][(int)v[3][side] + i]));
    }

    /// <summary>Of numbers that a double holds.</summary>
    public static double[] Root(double[] x, int shift) => [.. x.Select(v =>
        (double)((uint)Math.Min(Math.Round(Math.Sqrt(v)), v < 4_294_967_296 ? 65_535 : uint.MaxValue) >> shift))];

    public static double[] Pcan(double[] x, double[] noise, double[] table, int shift) => [.. x.Zip(noise, (v, n) =>
    {
        uint ratio = uint.CreateTruncating(
            (new BigInteger(v) * uint.CreateTruncating((BigInteger)Gain((uint)n, table))) >> shift);
        return ratio < 8_192 ? (double)((ulong)ratio * ratio / 1_048_576) : (ratio / 64) - 64;
    })];

    public static double[] Log(double[] x, int scale, int correction) => [.. x.Select(double (v) =>
    {
        uint number = uint.CreateTruncating((ulong)v << correction);
        if (number <= 1)
        {
            return 0;
        }

        int whole = (int)Math.Floor(Math.Log2(number));
        long part = (long)Math.Floor((number - Math.Pow(2, whole)) * Math.Pow(2, 16 - whole));
        long segment = part / 512;
        long log2 = (whole * 65_536L) + part + Excess(segment)
            + (long)Math.Floor((Excess(segment + 1) - Excess(segment)) * (part % 512) / 65_536.0);
        uint ln = (uint)(((45_426 * log2) + 32_768) / 65_536);
        return Math.Min(32_767, uint.CreateTruncating(((BigInteger)scale * ln) + 32_768) / 65_536);
    })];

    private static long Excess(long segment) =>
        (long)Math.Round(65_536 * (Math.Log2(1 + (segment / 128.0)) - (segment / 128.0)));

    private static short Gain(uint noise, double[] table)
    {
        if (noise <= 2)
        {
            return (short)table[noise];
        }

        int bits = 32 - BitOperations.LeadingZeroCount(noise), at = (4 * bits) - 6;
        long part = (long)Math.Floor((noise - Math.Pow(2, bits - 1)) * Math.Pow(2, 11 - bits));
        long square = (long)Math.Floor(table[at + 2] * part / 32);
        int curve = int.CreateTruncating((square + (long)(table[at + 1] * 32)) * part);
        return short.CreateTruncating(((curve + 16_384L) >> 15) + (long)table[at]);
    }
}
