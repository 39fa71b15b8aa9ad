using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Verification;

/// <summary>Compares raw tensors: integers byte for byte, reals within a tolerance.</summary>
internal static class TensorComparer
{
    private const double RelativeTolerance = 1e-4;
    private const double AbsoluteTolerance = 1e-5;

    /// <summary>The first element that differs, and how many do; null where none does.</summary>
    /// <param name="type">The element type.</param>
    /// <param name="isExact">Whether float32 elements must be equal too, as they are where they are dequantized codes.</param>
    /// <param name="expected">Little-endian elements.</param>
    /// <param name="actual">As many.</param>
    public static (int Element, double Expected, double Actual, int Count)? Compare(
        TensorType type, bool isExact, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual) => type switch
        {
            TensorType.Float32 when !isExact => Compare<float>(expected, actual, IsClose),
            TensorType.Float32 => Compare<float>(expected, actual, (a, b) => a.Equals(b)),
            TensorType.Int8 => Compare<sbyte>(expected, actual, (a, b) => a == b),
            TensorType.UInt8 => Compare<byte>(expected, actual, (a, b) => a == b),
            TensorType.Int16 => Compare<short>(expected, actual, (a, b) => a == b),
            _ => Compare<int>(expected, actual, (a, b) => a == b),
        };

    private static bool IsClose(float expected, float actual) =>
        expected.Equals(actual) || Math.Abs((double)expected - actual) <= Math.Max(AbsoluteTolerance, RelativeTolerance * Math.Abs((double)expected));

    private static (int, double, double, int)? Compare<T>(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, Func<T, T, bool> equal)
        where T : struct, IConvertible
    {
        ReadOnlySpan<T> wanted = MemoryMarshal.Cast<byte, T>(expected);
        ReadOnlySpan<T> got = MemoryMarshal.Cast<byte, T>(actual);
        int first = -1;
        int count = 0;
        for (int i = 0; i < wanted.Length; i++)
        {
            if (!equal(wanted[i], got[i]))
            {
                first = first < 0 ? i : first;
                count++;
            }
        }
        return first < 0 ? null : (first, wanted[first].ToDouble(null), got[first].ToDouble(null), count);
    }
}
