using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels.Int16;

/// <summary>Rows of int8 weights times one row of int16 codes, summed in 64 bits.</summary>
/// <remarks>
/// The codes are followed by zeros up to a whole step, and weights are read to the end of that step: what stands there,
/// weights of the next row, is multiplied by 0. Only rows at the end of all weights have no step to spare.
/// </remarks>
internal static class Int16Products
{
    /// <summary>Rows that share what is loaded of the codes.</summary>
    private const int Rows = 4;

    /// <summary>Codes until lanes of 32 bits are emptied: 128 steps of 8.</summary>
    private const int Most = 1024;

    /// <summary>Copies a row and puts zeros behind it.</summary>
    /// <param name="codes">A row.</param>
    /// <param name="row">Room for it, <see cref="Int16Layout.Padded"/>.</param>
    /// <returns>The row with its zeros.</returns>
    public static ReadOnlySpan<short> Pad(ReadOnlySpan<short> codes, Span<short> row)
    {
        row = row[..Int16Layout.Padded(codes.Length)];
        codes.CopyTo(row);
        row[codes.Length..].Clear();
        return row;
    }

    /// <summary>Adds <c>Σ weights[o · stride + i] · x[i]</c> to the sum of each output o.</summary>
    /// <param name="x">Codes and the zeros behind them, <see cref="Int16Layout.Padded"/>.</param>
    /// <param name="depth">How many codes there are; at least 1.</param>
    /// <param name="weights">The rows, from the first output's first weight on.</param>
    /// <param name="stride">Weights from one row to the next; at least 0.</param>
    /// <param name="sums">One for each output.</param>
    public static void Add(
        ReadOnlySpan<short> x, int depth, ReadOnlySpan<sbyte> weights, int stride, Span<long> sums)
    {
        int padded = Int16Layout.Padded(depth);
        SpanChecks.AtLeast(x.Length, padded, "row of codes", "depth");
        SpanChecks.AtLeast(weights.Length, ((sums.Length - 1L) * stride) + depth, "weights", "outputs");
        int whole = sums.Length;
        while (whole > 0 && ((whole - 1L) * stride) + padded > weights.Length)
        {
            whole--;
        }

        x = x[..padded];
        Span<long> first = sums[..whole];
        if (Avx2.IsSupported)
        {
            Run<Int16Lanes256>(x, weights, stride, first);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Run<Int16Lanes128>(x, weights, stride, first);
        }
        else
        {
            Run<Int16LanesScalar>(x[..depth], weights, stride, first);
        }

        for (int o = whole; o < sums.Length; o++)
        {
            ReadOnlySpan<sbyte> row = weights.Slice(o * stride, depth);
            for (int i = 0; i < row.Length; i++)
            {
                sums[o] += x[i] * row[i];
            }
        }
    }

    /// <summary>Whole steps of rows that all of them may be read from.</summary>
    private static void Run<TLanes>(
        ReadOnlySpan<short> x, ReadOnlySpan<sbyte> weights, int stride, Span<long> sums)
        where TLanes : struct, IInt16Lanes<TLanes>
    {
        ref short codes = ref MemoryMarshal.GetReference(x);
        ref sbyte rows = ref MemoryMarshal.GetReference(weights);
        for (int from = 0; from < x.Length; from += Most)
        {
            int count = Math.Min(Most, x.Length - from);
            ref short begin = ref Unsafe.Add(ref codes, from);
            int o = 0;
            for (; o <= sums.Length - Rows; o += Rows)
            {
                FourRows<TLanes>(
                    ref begin, count, ref Unsafe.Add(ref rows, ((nint)o * stride) + from), stride,
                    sums.Slice(o, Rows));
            }

            for (; o < sums.Length; o++)
            {
                sums[o] += OneRow<TLanes>(ref begin, count, ref Unsafe.Add(ref rows, ((nint)o * stride) + from));
            }
        }
    }

    private static void FourRows<TLanes>(ref short x, nint count, ref sbyte row, nint stride, Span<long> sums)
        where TLanes : struct, IInt16Lanes<TLanes>
    {
        TLanes first = default, second = default, third = default, fourth = default;
        for (nint i = 0; i < count; i += TLanes.Step)
        {
            ref short codes = ref Unsafe.Add(ref x, i);
            ref sbyte weights = ref Unsafe.Add(ref row, i);
            first = first.Add(ref codes, ref weights);
            second = second.Add(ref codes, ref Unsafe.Add(ref weights, stride));
            third = third.Add(ref codes, ref Unsafe.Add(ref weights, 2 * stride));
            fourth = fourth.Add(ref codes, ref Unsafe.Add(ref weights, 3 * stride));
        }

        sums[3] += fourth.Total;
        sums[2] += third.Total;
        sums[1] += second.Total;
        sums[0] += first.Total;
    }

    private static long OneRow<TLanes>(ref short x, nint count, ref sbyte row)
        where TLanes : struct, IInt16Lanes<TLanes>
    {
        TLanes lanes = default;
        for (nint i = 0; i < count; i += TLanes.Step)
        {
            lanes = lanes.Add(ref Unsafe.Add(ref x, i), ref Unsafe.Add(ref row, i));
        }

        return lanes.Total;
    }
}
