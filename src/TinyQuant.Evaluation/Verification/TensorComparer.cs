using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Verification;

/// <summary>What a comparison of two tensors found.</summary>
/// <param name="IsEqual">Whether all elements are equal to the bit; NaN equals NaN.</param>
/// <param name="Count">How many elements are wrong: other integers, or reals beyond the tolerance.</param>
/// <param name="Element">The first of them; -1 where there is none.</param>
/// <param name="Expected">Its value, as expected.</param>
/// <param name="Actual">Its value.</param>
internal readonly record struct TensorComparison(bool IsEqual, int Count, int Element, double Expected, double Actual);

/// <summary>Compares raw tensors: integers byte for byte, reals within a tolerance.</summary>
internal static class TensorComparer
{
    /// <summary>Compares all elements.</summary>
    /// <param name="type">The element type.</param>
    /// <param name="tolerance">How far float32 elements may be apart.</param>
    /// <param name="expected">Little-endian elements.</param>
    /// <param name="actual">As many.</param>
    public static TensorComparison Compare(
        TensorType type, Tolerance tolerance, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual) => type switch
        {
            TensorType.Float32 => Compare<float>(expected, actual, (a, b) => tolerance.Accepts(a, b)),
            TensorType.Int8 => Compare<sbyte>(expected, actual, (a, b) => a == b),
            TensorType.UInt8 => Compare<byte>(expected, actual, (a, b) => a == b),
            TensorType.Bool => Compare<byte>(expected, actual, (a, b) => a == b),
            TensorType.Int16 => Compare<short>(expected, actual, (a, b) => a == b),
            TensorType.Int64 => Compare<long>(expected, actual, (a, b) => a == b),
            TensorType.UInt32 => Compare<uint>(expected, actual, (a, b) => a == b),
            TensorType.UInt64 => Compare<ulong>(expected, actual, (a, b) => a == b),
            _ => Compare<int>(expected, actual, (a, b) => a == b),
        };

    private static TensorComparison Compare<T>(
        ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, Func<T, T, bool> accepts)
        where T : struct, IConvertible
    {
        if (expected.SequenceEqual(actual))
        {
            return new(true, 0, -1, 0, 0);
        }

        ReadOnlySpan<T> wanted = MemoryMarshal.Cast<byte, T>(expected);
        ReadOnlySpan<T> got = MemoryMarshal.Cast<byte, T>(actual);
        int first = -1;
        int count = 0;
        bool isEqual = true;
        for (int i = 0; i < wanted.Length; i++)
        {
            bool isSame = MemoryMarshal.AsBytes(wanted.Slice(i, 1))
                .SequenceEqual(MemoryMarshal.AsBytes(got.Slice(i, 1)))
                || (IsNaN(wanted[i]) && IsNaN(got[i]));
            isEqual &= isSame;
            if (!isSame && !accepts(wanted[i], got[i]))
            {
                first = first < 0 ? i : first;
                count++;
            }
        }

        return first < 0
            ? new(isEqual, 0, -1, 0, 0)
            : new(false, count, first, wanted[first].ToDouble(null), got[first].ToDouble(null));
    }

    private static bool IsNaN<T>(T value) => value is float real && float.IsNaN(real);
}
