using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels.Movement;

/// <summary>Slices of a row, wherever they begin.</summary>
internal static class Places
{
    private const int Rows = 4;

    /// <summary>Copies the slices at the same places of some rows. Nothing here looks at lengths.</summary>
    /// <param name="source">The first row.</param>
    /// <param name="sourceRow">Elements from one row to the next.</param>
    /// <param name="places">Where slices begin in a row.</param>
    /// <param name="length">The elements of a slice.</param>
    /// <param name="target">Where the first row's slices go; apart from the source.</param>
    /// <param name="targetRow">Elements from there to where those of the next row go.</param>
    /// <param name="rows">How many rows.</param>
    public static void Take<T>(
        ref T source, nint sourceRow, ReadOnlySpan<int> places, int length, ref T target, nint targetRow, int rows)
        where T : unmanaged
    {
        nint row = 0;
        for (; length == 1 && row <= rows - Rows; row += Rows)
        {
            FourRows(
                ref Unsafe.Add(ref source, row * sourceRow), sourceRow, places,
                ref Unsafe.Add(ref target, row * targetRow), targetRow);
        }

        for (; row < rows; row++)
        {
            ref T from = ref Unsafe.Add(ref source, row * sourceRow);
            ref T to = ref Unsafe.Add(ref target, row * targetRow);
            if (length == 1)
            {
                Elements(ref from, places, ref to);
            }
            else
            {
                Slices(ref from, places, length, ref to);
            }
        }
    }

    /// <summary>Single elements of four rows: a place is loaded once for all.</summary>
    private static void FourRows<T>(
        ref T source, nint sourceRow, ReadOnlySpan<int> places, ref T target, nint targetRow)
        where T : unmanaged
    {
        foreach (nint place in places)
        {
            ref T from = ref Unsafe.Add(ref source, place);
            target = from;
            Unsafe.Add(ref target, targetRow) = Unsafe.Add(ref from, sourceRow);
            Unsafe.Add(ref target, 2 * targetRow) = Unsafe.Add(ref from, 2 * sourceRow);
            Unsafe.Add(ref target, 3 * targetRow) = Unsafe.Add(ref from, 3 * sourceRow);
            target = ref Unsafe.Add(ref target, 1);
        }
    }

    private static void Elements<T>(ref T source, ReadOnlySpan<int> places, ref T target)
        where T : unmanaged
    {
        foreach (int place in places)
        {
            target = Unsafe.Add(ref source, place);
            target = ref Unsafe.Add(ref target, 1);
        }
    }

    private static void Slices<T>(ref T source, ReadOnlySpan<int> places, int length, ref T target)
        where T : unmanaged
    {
        foreach (int place in places)
        {
            Pieces.Copy(ref source, place, 0, ref target, 0, 0, 1, length);
            target = ref Unsafe.Add(ref target, length);
        }
    }
}
