using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels;

/// <summary>Adds rows of elements to rows of sums, and elements of a row to each other.</summary>
internal static class RowSums
{
    /// <summary>sums[i] += codes[i]; the sums are at least as many.</summary>
    public static void Add(ReadOnlySpan<sbyte> codes, Span<int> sums)
    {
        Lengths.AtLeast(sums.Length, codes.Length, nameof(sums), nameof(codes));
        ref sbyte source = ref MemoryMarshal.GetReference(codes);
        ref int target = ref MemoryMarshal.GetReference(sums);
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            for (; i <= codes.Length - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
            {
                (Vector128<short> low, Vector128<short> high) = Vector128.Widen(Vector128.LoadUnsafe(ref source, (nuint)i));
                (Vector128.LoadUnsafe(ref target, (nuint)i) + Vector128.WidenLower(low)).StoreUnsafe(ref target, (nuint)i);
                (Vector128.LoadUnsafe(ref target, (nuint)i + 4) + Vector128.WidenUpper(low)).StoreUnsafe(ref target, (nuint)i + 4);
                (Vector128.LoadUnsafe(ref target, (nuint)i + 8) + Vector128.WidenLower(high)).StoreUnsafe(ref target, (nuint)i + 8);
                (Vector128.LoadUnsafe(ref target, (nuint)i + 12) + Vector128.WidenUpper(high)).StoreUnsafe(ref target, (nuint)i + 12);
            }
        }

        for (; i < codes.Length; i++)
        {
            sums[i] += codes[i];
        }
    }

    /// <summary>sums[i] += reals[i]; the sums are at least as many.</summary>
    public static void Add(ReadOnlySpan<float> reals, Span<float> sums)
    {
        Lengths.AtLeast(sums.Length, reals.Length, nameof(sums), nameof(reals));
        ref float source = ref MemoryMarshal.GetReference(reals);
        ref float target = ref MemoryMarshal.GetReference(sums);
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= reals.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                (Vector256.LoadUnsafe(ref target, (nuint)i) + Vector256.LoadUnsafe(ref source, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
            }
        }

        if (Vector128.IsHardwareAccelerated)
        {
            for (; i <= reals.Length - Vector128<float>.Count; i += Vector128<float>.Count)
            {
                (Vector128.LoadUnsafe(ref target, (nuint)i) + Vector128.LoadUnsafe(ref source, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < reals.Length; i++)
        {
            sums[i] += reals[i];
        }
    }

    /// <summary>The sum of all codes.</summary>
    public static int Total(ReadOnlySpan<sbyte> codes)
    {
        ref sbyte source = ref MemoryMarshal.GetReference(codes);
        int i = 0;
        int total = 0;
        if (Vector128.IsHardwareAccelerated && codes.Length >= Vector128<sbyte>.Count)
        {
            Vector128<int> sums = Vector128<int>.Zero;
            for (; i <= codes.Length - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
            {
                (Vector128<short> low, Vector128<short> high) = Vector128.Widen(Vector128.LoadUnsafe(ref source, (nuint)i));
                (Vector128<int> a, Vector128<int> b) = Vector128.Widen(low + high); // two codes fit a short
                sums += a + b;
            }

            total = Vector128.Sum(sums);
        }

        for (; i < codes.Length; i++)
        {
            total += codes[i];
        }

        return total;
    }
}
