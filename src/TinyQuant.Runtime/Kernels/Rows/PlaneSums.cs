using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels.Rows;

/// <summary>Adds rows of elements to rows of sums, and elements of a row to each other.</summary>
internal static class PlaneSums
{
    private const int Tile = 64;

    /// <summary>sums[i] += Σ codes[at + k · stride + i] for all k below <paramref name="count"/>.</summary>
    public static void AddColumns(ReadOnlySpan<sbyte> codes, int at, int count, int stride, Span<int> sums)
    {
        long reach = (count - 1L) * stride;
        SpanChecks.AtLeast((int)Math.Max(Math.Min(at + reach, at), -1), 0, nameof(codes), nameof(stride));
        SpanChecks.AtLeast(codes.Length, (int)Math.Min(Math.Max(at + reach, at) + sums.Length, int.MaxValue),
            nameof(codes), nameof(sums));
        ref sbyte first = ref Unsafe.Add(ref MemoryMarshal.GetReference(codes), at);
        Span<short> part = stackalloc short[Tile];
        for (int channel = 0; channel < sums.Length; channel += Tile)
        {
            Span<int> tile = sums.Slice(channel, Math.Min(Tile, sums.Length - channel));
            for (int done = 0; done < count; done += WindowSums.MaxPlaces)
            {
                StridedRectangle places = new(1, 0, Math.Min(WindowSums.MaxPlaces, count - done), stride);
                WindowSums.Run(ref Unsafe.Add(ref first, channel + ((nint)done * stride)), places, part[..tile.Length]);
                for (int i = 0; i < tile.Length; i++)
                {
                    tile[i] += part[i];
                }
            }
        }
    }

    /// <summary>sums[i] += reals[i]; the sums are at least as many.</summary>
    public static void Add(ReadOnlySpan<float> reals, Span<float> sums)
    {
        SpanChecks.AtLeast(sums.Length, reals.Length, nameof(sums), nameof(reals));
        ref float source = ref MemoryMarshal.GetReference(reals);
        ref float target = ref MemoryMarshal.GetReference(sums);
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= reals.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                (Vector256.LoadUnsafe(ref target, (nuint)i) + Vector256.LoadUnsafe(ref source, (nuint)i)).StoreUnsafe(
                    ref target, (nuint)i);
            }
        }

        if (Vector128.IsHardwareAccelerated)
        {
            for (; i <= reals.Length - Vector128<float>.Count; i += Vector128<float>.Count)
            {
                (Vector128.LoadUnsafe(ref target, (nuint)i) + Vector128.LoadUnsafe(ref source, (nuint)i)).StoreUnsafe(
                    ref target, (nuint)i);
            }
        }

        for (; i < reals.Length; i++)
        {
            sums[i] += reals[i];
        }
    }

    /// <summary>sums[i] += reals[i]²; the sums are at least as many.</summary>
    public static void AddSquares(ReadOnlySpan<float> reals, Span<float> sums)
    {
        SpanChecks.AtLeast(sums.Length, reals.Length, nameof(sums), nameof(reals));
        ref float source = ref MemoryMarshal.GetReference(reals);
        ref float target = ref MemoryMarshal.GetReference(sums);
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            for (; i <= reals.Length - Vector128<float>.Count; i += Vector128<float>.Count)
            {
                Vector128<float> x = Vector128.LoadUnsafe(ref source, (nuint)i);
                (Vector128.LoadUnsafe(ref target, (nuint)i) + (x * x)).StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < reals.Length; i++)
        {
            sums[i] += reals[i] * reals[i];
        }
    }

    /// <summary>sums[i] += codes[i]; the sums, which wrap around, are at least as many.</summary>
    public static void Add(ReadOnlySpan<short> codes, Span<int> sums)
    {
        SpanChecks.AtLeast(sums.Length, codes.Length, nameof(sums), nameof(codes));
        ref short source = ref MemoryMarshal.GetReference(codes);
        ref int target = ref MemoryMarshal.GetReference(sums);
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            for (; i <= codes.Length - Vector128<short>.Count; i += Vector128<short>.Count)
            {
                (Vector128<int> low, Vector128<int> high) = Vector128.Widen(
                    Vector128.LoadUnsafe(ref source, (nuint)i));
                (Vector128.LoadUnsafe(ref target, (nuint)i) + low).StoreUnsafe(ref target, (nuint)i);
                (Vector128.LoadUnsafe(ref target, (nuint)i + 4) + high).StoreUnsafe(ref target, (nuint)i + 4);
            }
        }

        for (; i < codes.Length; i++)
        {
            sums[i] += codes[i];
        }
    }

    /// <summary>The sum of all codes, which wraps around.</summary>
    public static int Total(ReadOnlySpan<short> codes)
    {
        ref short source = ref MemoryMarshal.GetReference(codes);
        int i = 0;
        int total = 0;
        if (Vector128.IsHardwareAccelerated && codes.Length >= Vector128<short>.Count)
        {
            Vector128<int> sums = Vector128<int>.Zero;
            for (; i <= codes.Length - Vector128<short>.Count; i += Vector128<short>.Count)
            {
                (Vector128<int> low, Vector128<int> high) = Vector128.Widen(
                    Vector128.LoadUnsafe(ref source, (nuint)i));
                sums += low + high;
            }

            total = Vector128.Sum(sums);
        }

        for (; i < codes.Length; i++)
        {
            total += codes[i];
        }

        return total;
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
                (Vector128<short> low, Vector128<short> high) = Vector128.Widen(
                    Vector128.LoadUnsafe(ref source, (nuint)i));
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
