using System.Runtime.InteropServices;

namespace TinyQuant.Generator.Tests.Sweeps;

/// <summary>Inputs by rule, so that the files of sweeps hold none.</summary>
internal static class SweepInputs
{
    private const int Codes = 256;

    /// <summary>-128 to 127.</summary>
    public static byte[] Int8 { get; } = [.. Enumerable.Range(sbyte.MinValue, Codes).Select(code => unchecked((byte)code))];

    /// <summary>-32,768 to 32,767.</summary>
    public static byte[] Int16 { get; } = MemoryMarshal.AsBytes(
        Enumerable.Range(short.MinValue, Codes * Codes).Select(code => (short)code).ToArray().AsSpan()).ToArray();

    /// <summary>The left codes of all pairs.</summary>
    public static byte[] Left { get; } = [.. Enumerable.Range(0, Codes * Codes).Select(i => Int8[i / Codes])];

    /// <summary>The right codes of all pairs.</summary>
    public static byte[] Right { get; } = [.. Enumerable.Range(0, Codes * Codes).Select(i => Int8[i % Codes])];

    /// <summary>The top bytes of a congruential sequence.</summary>
    public static byte[] Noise(int start, int count) => [.. Sequence(start).Take(count).Select(x => (byte)(x >> 24))];

    /// <summary>The same sequence as integers of so many bits.</summary>
    public static int[] Biases(int start, int bits, int count) =>
        [.. Sequence(start).Take(count).Select(x => (int)(x - (1L << 31)) >> (31 - bits))];

    private static IEnumerable<uint> Sequence(int start)
    {
        uint x = (uint)start;
        while (true)
        {
            x = unchecked((1664525 * x) + 1013904223);
            yield return x;
        }
    }
}
