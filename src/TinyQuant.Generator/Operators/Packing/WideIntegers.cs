using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Integer constants of any width as int64.</summary>
internal static class WideIntegers
{
    /// <summary>The elements of a bias; zeros where there is none.</summary>
    /// <param name="bias">int16, int32 or int64; null for none.</param>
    /// <param name="count">How many there are.</param>
    public static long[] Of(Tensor? bias, int count)
    {
        if (bias is null)
        {
            return new long[count];
        }

        ReadOnlySpan<byte> bytes = bias.Data!.Value.AsSpan();
        return bias.Type switch
        {
            TensorType.Int16 => [.. MemoryMarshal.Cast<byte, short>(bytes).ToArray().Select(b => (long)b)],
            TensorType.Int32 => [.. MemoryMarshal.Cast<byte, int>(bytes).ToArray().Select(b => (long)b)],
            _ => MemoryMarshal.Cast<byte, long>(bytes).ToArray(),
        };
    }
}
