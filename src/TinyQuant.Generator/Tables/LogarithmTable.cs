using System.Runtime.InteropServices;

namespace TinyQuant.Generator;

/// <summary>
/// What the logarithm to the base 2 of 1 + j / 128 is more than j / 128, in 1/65536: the table of
/// <c>signal/src/log.cc</c> of TensorFlow Lite Micro.
/// </summary>
internal static class LogarithmTable
{
    private const int Segments = 128;
    private const int One = 1 << 16;

    /// <summary>129 int16.</summary>
    public static byte[] Bytes()
    {
        short[] table = [.. Enumerable.Range(0, Segments + 1).Select(j => (double)j / Segments)
            .Select(x => (short)Math.Round(One * ((Math.Log(1 + x) / Math.Log(2)) - x)))];
        return MemoryMarshal.AsBytes(table.AsSpan()).ToArray();
    }
}
