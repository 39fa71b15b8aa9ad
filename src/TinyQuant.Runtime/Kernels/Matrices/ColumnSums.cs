using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Int16;

namespace TinyQuant.Kernels.Matrices;

/// <summary>Four rows of factors times a matrix each of whose columns lies in pieces of its own.</summary>
/// <remarks>
/// A piece is read as sixteen codes; what stands behind a shorter one is multiplied by zeros. All products of a column
/// are added lane by lane, and the lanes once.
/// </remarks>
internal static class ColumnSums
{
    /// <summary>The pieces of a column that is one.</summary>
    public static ReadOnlySpan<int> OnePiece =>
        [0, 16, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240];

    /// <summary>
    /// Adds <c>Σ factors[r, 16 · i + j] · (y[c · stride + pieces[i] + j] − zp)</c> to the sum of row r and column c.
    /// </summary>
    /// <param name="factors">Of <see cref="FourRows"/>, with zeros behind those of a piece.</param>
    /// <param name="pieces">At most 16, and at least one: where sixteen codes begin in the first column.</param>
    /// <param name="y">From the first column on, each of whose pieces begins inside.</param>
    /// <param name="stride">Codes from one column to the next.</param>
    /// <param name="zeroPoint">That of the codes; 0 for int16.</param>
    /// <param name="columns">At most <see cref="FourRows.Columns"/>.</param>
    /// <param name="sums">Of <see cref="FourRows"/>; wrapping.</param>
    /// <typeparam name="TCode"><see langword="sbyte"/> or <see langword="short"/>.</typeparam>
    [SkipLocalsInit]
    public static void Add<TCode>(
        ReadOnlySpan<short> factors, ReadOnlySpan<int> pieces, ReadOnlySpan<TCode> y, int stride, short zeroPoint,
        int columns, Span<int> sums)
        where TCode : unmanaged
    {
        factors = factors[..(FourRows.Count * FourRows.Depth)];
        sums = sums[..(FourRows.Count * FourRows.Columns)];
        int last = 0;
        foreach (int piece in pieces)
        {
            last = Math.Max(last, piece);
        }

        // Columns all of whose sixteen codes are there; the pieces of the last ones are copied first.
        long room = (long)y.Length - last - FourRows.Step;
        int whole = room < 0 ? 0 : (int)Math.Min(columns, (room / stride) + 1);
        ref short x = ref MemoryMarshal.GetReference(factors);
        for (int c = 0; c < whole; c++)
        {
            Four(ref x, pieces, ref Unsafe.AsRef(in y[c * stride]), zeroPoint, ref sums[c]);
        }

        Span<TCode> copy = stackalloc TCode[FourRows.Depth];
        for (int c = whole; c < columns; c++)
        {
            for (int i = 0; i < pieces.Length; i++)
            {
                ReadOnlySpan<TCode> piece = y[((c * stride) + pieces[i])..];
                piece[..Math.Min(FourRows.Step, piece.Length)].CopyTo(copy[(i * FourRows.Step)..]);
            }

            Four(ref x, OnePiece[..pieces.Length], ref MemoryMarshal.GetReference(copy), zeroPoint, ref sums[c]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four<TCode>(
        ref short x, ReadOnlySpan<int> pieces, ref TCode column, short zeroPoint, ref int sums)
        where TCode : unmanaged
    {
        Vector128<int> four = Avx2.IsSupported ? Four256(ref x, pieces, ref column, zeroPoint)
            : Vector128.IsHardwareAccelerated ? Four128(ref x, pieces, ref column, zeroPoint)
            : FourScalar(ref x, pieces, ref column, zeroPoint);
        sums += four[0];
        Unsafe.Add(ref sums, FourRows.Columns) += four[1];
        Unsafe.Add(ref sums, 2 * FourRows.Columns) += four[2];
        Unsafe.Add(ref sums, 3 * FourRows.Columns) += four[3];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Four256<TCode>(
        ref short x, ReadOnlySpan<int> pieces, ref TCode column, short zeroPoint)
        where TCode : unmanaged
    {
        Vector256<short> zeros = Vector256.Create(zeroPoint);
        Vector256<int> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        ref short factors = ref x;
        foreach (int piece in pieces)
        {
            Vector256<short> codes = WideCodes.Sixteen(ref Unsafe.Add(ref column, piece), zeros);
            sum0 += Avx2.MultiplyAddAdjacent(codes, Vector256.LoadUnsafe(ref factors));
            sum1 += Avx2.MultiplyAddAdjacent(codes, Vector256.LoadUnsafe(ref factors, FourRows.Depth));
            sum2 += Avx2.MultiplyAddAdjacent(codes, Vector256.LoadUnsafe(ref factors, 2 * FourRows.Depth));
            sum3 += Avx2.MultiplyAddAdjacent(codes, Vector256.LoadUnsafe(ref factors, 3 * FourRows.Depth));
            factors = ref Unsafe.Add(ref factors, FourRows.Step);
        }

        Vector256<int> halves = Avx2.HorizontalAdd(
            Avx2.HorizontalAdd(sum0, sum1), Avx2.HorizontalAdd(sum2, sum3));
        return halves.GetLower() + halves.GetUpper();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Four128<TCode>(
        ref short x, ReadOnlySpan<int> pieces, ref TCode column, short zeroPoint)
        where TCode : unmanaged
    {
        const int half = FourRows.Step / 2;
        Vector128<short> zeros = Vector128.Create(zeroPoint);
        Vector128<int> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        ref short factors = ref x;
        foreach (int piece in pieces)
        {
            for (int i = 0; i < FourRows.Step; i += half)
            {
                Vector128<short> codes = WideCodes.Eight(ref Unsafe.Add(ref column, piece + i), zeros);
                sum0 = Int16Lanes128.AddProducts(sum0, codes, Vector128.LoadUnsafe(ref factors));
                sum1 = Int16Lanes128.AddProducts(sum1, codes, Vector128.LoadUnsafe(ref factors, FourRows.Depth));
                sum2 = Int16Lanes128.AddProducts(
                    sum2, codes, Vector128.LoadUnsafe(ref factors, 2 * FourRows.Depth));
                sum3 = Int16Lanes128.AddProducts(
                    sum3, codes, Vector128.LoadUnsafe(ref factors, 3 * FourRows.Depth));
                factors = ref Unsafe.Add(ref factors, half);
            }
        }

        return Vector128.Create(
            Vector128.Sum(sum0), Vector128.Sum(sum1), Vector128.Sum(sum2), Vector128.Sum(sum3));
    }

    private static Vector128<int> FourScalar<TCode>(
        ref short x, ReadOnlySpan<int> pieces, ref TCode column, short zeroPoint)
        where TCode : unmanaged
    {
        Vector128<int> four = default;
        for (int row = 0; row < FourRows.Count; row++)
        {
            int sum = 0;
            for (int i = 0; i < pieces.Length * FourRows.Step; i++)
            {
                ref TCode code = ref Unsafe.Add(ref column, pieces[i / FourRows.Step] + (i % FourRows.Step));
                sum += Unsafe.Add(ref x, (row * FourRows.Depth) + i) * WideCodes.One(ref code, zeroPoint);
            }

            four = four.WithElement(row, sum);
        }

        return four;
    }
}
