using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Movement;

namespace TinyQuant.Kernels.Rows;

/// <summary>Brings the elements at one place of some rows to their sums, or whatever is made of each row.</summary>
internal interface IRowStep<T, TResult>
    where T : unmanaged
    where TResult : unmanaged
{
    /// <param name="block">[steps, rows]: the rows' elements, one after another.</param>
    /// <param name="results">[rows].</param>
    static abstract void Add(ReadOnlySpan<T> block, Span<TResult> results);
}

/// <summary>
/// Reduces many rows at once, a lane for each: they are turned, some elements of each at a time, so that these lie side
/// by side. The elements of a row keep their order.
/// </summary>
internal static class TurnedRows
{
    /// <summary>Rows at once.</summary>
    public const int Lanes = 64;

    private const int Steps = 32;

    /// <summary>Rows that are longer are as well added up each.</summary>
    private const int LongRow = 64;

    /// <summary>Whether rows are better turned: there are some, and they are short, or must be kept in order.</summary>
    public static bool Takes<T>(in StridedView kept, in StridedView reduced)
        where T : unmanaged => kept.RunStride != 1 && reduced.RunStride == 1 && kept.Run >= 8
        && (typeof(T) == typeof(float) || reduced.Run <= LongRow);

    /// <summary>Takes all elements of some rows to their results.</summary>
    /// <param name="input">Any elements.</param>
    /// <param name="at">Where the first row begins.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="reduced">Distances to the elements of a row; those of the innermost dimension are
    /// neighbours.</param>
    /// <param name="results">At most <see cref="Lanes"/>.</param>
    [SkipLocalsInit]
    public static void Run<T, TResult, TStep>(
        ReadOnlySpan<T> input, int at, int stride, scoped in StridedView reduced, Span<TResult> results)
        where T : unmanaged
        where TResult : unmanaged
        where TStep : struct, IRowStep<T, TResult>
    {
        Span<T> block = stackalloc T[Steps * Lanes];
        ref T source = ref MemoryMarshal.GetReference(input);
        int run = reduced.Run;
        int count = reduced.Count / run;
        StridedWalk walk = new(reduced.Runs);
        for (int i = 0; i < count; i++)
        {
            for (int first = 0; first < run; first += Steps)
            {
                int steps = Math.Min(Steps, run - first);
                Transposition.Run(
                    ref Unsafe.Add(ref source, at + walk.At + first), stride, ref MemoryMarshal.GetReference(block),
                    results.Length, steps, results.Length);
                TStep.Add(block[..(steps * results.Length)], results);
            }

            walk.Next();
        }
    }
}
