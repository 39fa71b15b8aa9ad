using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Matrices;

/// <summary>Four rows of factors times a matrix whose columns lie side by side: [depth, columns].</summary>
/// <remarks>
/// Two steps of the depth at a time: their codes are interleaved, so that one instruction multiplies and adds both. A
/// vector of codes is multiplied by the factors of all four rows.
/// </remarks>
internal static class DepthSums
{
    private const int Tile = 16;

    /// <summary>Adds <c>Σ factors[r, d] · (y[d, c] − zp)</c> to the sum of row r and column c.</summary>
    /// <param name="factors">Of <see cref="FourRows"/>; after an odd depth stands a zero.</param>
    /// <param name="depth">At most <see cref="FourRows.Depth"/>.</param>
    /// <param name="y">From the first column of the first step on.</param>
    /// <param name="stride">Codes from one step of the depth to the next.</param>
    /// <param name="zeroPoint">That of the codes; 0 for int16.</param>
    /// <param name="columns">At most <see cref="FourRows.Columns"/>, and the stride.</param>
    /// <param name="sums">Of <see cref="FourRows"/>; wrapping, and any where there is no column.</param>
    /// <typeparam name="TCode"><see langword="sbyte"/> or <see langword="short"/>.</typeparam>
    [SkipLocalsInit]
    public static void Add<TCode>(
        ReadOnlySpan<short> factors, int depth, ReadOnlySpan<TCode> y, int stride, short zeroPoint, int columns,
        Span<int> sums)
        where TCode : unmanaged
    {
        factors = factors[..(FourRows.Count * FourRows.Depth)];
        sums = sums[..(FourRows.Count * FourRows.Columns)];
        y = y[..(((depth - 1) * stride) + columns)];
        if (!Vector128.IsHardwareAccelerated)
        {
            AddScalar(factors, depth, y, stride, zeroPoint, columns, sums);
            return;
        }

        Span<TCode> copy = stackalloc TCode[Tile * Tile];
        for (int first = 0; first < columns; first += Tile)
        {
            // Steps whose sixteen codes are all there; the last ones are copied first.
            ReadOnlySpan<TCode> tile = y[first..];
            int whole = tile.Length < Tile ? 0 : Math.Min(depth, ((tile.Length - Tile) / stride) + 1);
            Run(factors, whole, ref MemoryMarshal.GetReference(tile), stride, zeroPoint, sums[first..]);
            for (int d = whole; d < depth; d += Tile)
            {
                int count = Math.Min(Tile, depth - d);
                for (int i = 0; i < count; i++)
                {
                    tile.Slice((d + i) * stride, Math.Min(Tile, columns - first)).CopyTo(copy[(i * Tile)..]);
                }

                Run(factors[d..], count, ref MemoryMarshal.GetReference(copy), Tile, zeroPoint, sums[first..]);
            }
        }
    }

    private static void Run<TCode>(
        ReadOnlySpan<short> factors, int depth, ref TCode y, int stride, short zeroPoint, Span<int> sums)
        where TCode : unmanaged
    {
        ref short x = ref MemoryMarshal.GetReference(factors);
        ref int target = ref MemoryMarshal.GetReference(sums);
        if (Avx2.IsSupported)
        {
            Run256(ref x, depth, ref y, stride, zeroPoint, ref target);
        }
        else
        {
            Run128(ref x, depth, ref y, stride, zeroPoint, ref target);
            Run128(
                ref x, depth, ref Unsafe.Add(ref y, Tile / 2), stride, zeroPoint,
                ref Unsafe.Add(ref target, Tile / 2));
        }
    }

    private static void Run256<TCode>(
        ref short x, nint depth, ref TCode y, nint stride, short zeroPoint, ref int sums)
        where TCode : unmanaged
    {
        Vector256<short> zeros = Vector256.Create(zeroPoint);
        Vector256<int> lower0 = default, lower1 = default, lower2 = default, lower3 = default;
        Vector256<int> upper0 = default, upper1 = default, upper2 = default, upper3 = default;
        for (nint d = 0; d < depth; d += 2)
        {
            ref TCode at = ref Unsafe.Add(ref y, d * stride);
            Vector256<short> first = WideCodes.Sixteen(ref at, zeros);
            Vector256<short> second = d + 1 < depth
                ? WideCodes.Sixteen(ref Unsafe.Add(ref at, stride), zeros)
                : default;
            Vector256<short> lower = Avx2.UnpackLow(first, second), upper = Avx2.UnpackHigh(first, second);
            ref short factors = ref Unsafe.Add(ref x, d);
            Vector256<short> pair = Pair256(ref factors, 0);
            lower0 += Avx2.MultiplyAddAdjacent(lower, pair);
            upper0 += Avx2.MultiplyAddAdjacent(upper, pair);
            pair = Pair256(ref factors, 1);
            lower1 += Avx2.MultiplyAddAdjacent(lower, pair);
            upper1 += Avx2.MultiplyAddAdjacent(upper, pair);
            pair = Pair256(ref factors, 2);
            lower2 += Avx2.MultiplyAddAdjacent(lower, pair);
            upper2 += Avx2.MultiplyAddAdjacent(upper, pair);
            pair = Pair256(ref factors, 3);
            lower3 += Avx2.MultiplyAddAdjacent(lower, pair);
            upper3 += Avx2.MultiplyAddAdjacent(upper, pair);
        }

        Store256(lower0, upper0, ref sums, 0);
        Store256(lower1, upper1, ref sums, 1);
        Store256(lower2, upper2, ref sums, 2);
        Store256(lower3, upper3, ref sums, 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Pair256(ref short factors, nint row) => Vector256.Create(
        Unsafe.ReadUnaligned<int>(
            ref Unsafe.As<short, byte>(ref Unsafe.Add(ref factors, row * FourRows.Depth)))).AsInt16();

    /// <summary>Unpacking works within halves of 128 bits; this puts the columns back in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store256(Vector256<int> lower, Vector256<int> upper, ref int sums, nint row)
    {
        ref int place = ref Unsafe.Add(ref sums, row * FourRows.Columns);
        (Vector256.LoadUnsafe(ref place) + Avx2.Permute2x128(lower, upper, 0x20)).StoreUnsafe(ref place);
        place = ref Unsafe.Add(ref place, Vector256<int>.Count);
        (Vector256.LoadUnsafe(ref place) + Avx2.Permute2x128(lower, upper, 0x31)).StoreUnsafe(ref place);
    }

    private static void Run128<TCode>(
        ref short x, nint depth, ref TCode y, nint stride, short zeroPoint, ref int sums)
        where TCode : unmanaged
    {
        Vector128<short> zeros = Vector128.Create(zeroPoint);
        Vector128<int> lower0 = default, lower1 = default, lower2 = default, lower3 = default;
        Vector128<int> upper0 = default, upper1 = default, upper2 = default, upper3 = default;
        for (nint d = 0; d < depth; d += 2)
        {
            ref TCode at = ref Unsafe.Add(ref y, d * stride);
            Vector128<short> first = WideCodes.Eight(ref at, zeros);
            Vector128<short> second = d + 1 < depth
                ? WideCodes.Eight(ref Unsafe.Add(ref at, stride), zeros)
                : default;
            ref short factors = ref Unsafe.Add(ref x, d);
            (lower0, upper0) = ProductPairs.Add(lower0, upper0, first, second, ref factors);
            factors = ref Unsafe.Add(ref factors, FourRows.Depth);
            (lower1, upper1) = ProductPairs.Add(lower1, upper1, first, second, ref factors);
            factors = ref Unsafe.Add(ref factors, FourRows.Depth);
            (lower2, upper2) = ProductPairs.Add(lower2, upper2, first, second, ref factors);
            factors = ref Unsafe.Add(ref factors, FourRows.Depth);
            (lower3, upper3) = ProductPairs.Add(lower3, upper3, first, second, ref factors);
        }

        Store128(lower0, upper0, ref sums, 0);
        Store128(lower1, upper1, ref sums, 1);
        Store128(lower2, upper2, ref sums, 2);
        Store128(lower3, upper3, ref sums, 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store128(Vector128<int> lower, Vector128<int> upper, ref int sums, nint row)
    {
        ref int place = ref Unsafe.Add(ref sums, row * FourRows.Columns);
        (Vector128.LoadUnsafe(ref place) + lower).StoreUnsafe(ref place);
        place = ref Unsafe.Add(ref place, Vector128<int>.Count);
        (Vector128.LoadUnsafe(ref place) + upper).StoreUnsafe(ref place);
    }

    private static void AddScalar<TCode>(
        ReadOnlySpan<short> factors, int depth, ReadOnlySpan<TCode> y, int stride, short zeroPoint, int columns,
        Span<int> sums)
        where TCode : unmanaged
    {
        for (int d = 0; d < depth; d++)
        {
            ReadOnlySpan<TCode> step = y.Slice(d * stride, columns);
            for (int row = 0; row < FourRows.Count; row++)
            {
                int factor = factors[(row * FourRows.Depth) + d];
                Span<int> place = sums.Slice(row * FourRows.Columns, columns);
                for (int c = 0; c < place.Length; c++)
                {
                    place[c] += factor * WideCodes.One(ref Unsafe.AsRef(in step[c]), zeroPoint);
                }
            }
        }
    }
}
