namespace TinyQuant.Kernels.Matrices;

/// <summary>
/// Four rows of int16 factors, and their products with columns of codes: what a matrix product keeps on the stack.
/// </summary>
/// <remarks>
/// Each row has room for <see cref="Depth"/> factors and lies behind the one before; so do its sums, one for each of
/// <see cref="Columns"/> columns. Where a factor is beyond what int32 sums take, its halves are rows of their own.
/// </remarks>
internal static class FourRows
{
    /// <summary>How many rows.</summary>
    public const int Count = 4;

    /// <summary>Products until a sum of 32 bits is added to one of 64, where there are such.</summary>
    public const int Depth = 256;

    /// <summary>Sums of a row.</summary>
    public const int Columns = 64;

    /// <summary>Factors that are read at once: behind the last one of a row stand zeros up to a multiple.</summary>
    public const int Step = 16;

    /// <summary>The depth with the zeros behind it.</summary>
    public static int Padded(int depth) => (depth + Step - 1) & -Step;

    /// <summary>Writes codes, less their zero point, as factors of a row, and zeros behind them.</summary>
    public static void SetRow<TCode>(
        ReadOnlySpan<TCode> codes, short zeroPoint, Span<short> factors, int row, int from = 0)
        where TCode : unmanaged
    {
        Span<short> place = factors.Slice((row * Depth) + from, Padded(codes.Length));
        WideCodes.Copy(codes, zeroPoint, place);
        place[codes.Length..].Clear();
    }

    /// <summary>Zeros where a row is none.</summary>
    public static void ClearRow(Span<short> factors, int depth, int row, int from = 0) =>
        factors.Slice((row * Depth) + from, Padded(depth)).Clear();
}
