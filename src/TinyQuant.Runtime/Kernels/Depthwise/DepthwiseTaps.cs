using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels.Depthwise;

/// <summary>The taps of one window of a depthwise convolution, summed for some channels.</summary>
internal static class DepthwiseTaps
{
    private const int Tile = 64;

    /// <summary>The output channels that are not computed yet, a position at a time.</summary>
    public static void Run<TRequantizer>(ref DepthwiseArgs args)
        where TRequantizer : struct, IRequantizer
    {
        WindowGeometry g = args.Geometry;
        if (args.Done == g.OutputChannels)
        {
            return;
        }

        args.Window = new(g, args.Rows);
        int image = g.InputHeight * g.InputRow;
        int at = 0;
        for (int batch = 0; batch < g.Batches; batch++)
        {
            args.Window.Start(args.Input.Slice(batch * image, image));
            for (int row = 0; row < g.OutputHeight; row++)
            {
                args.Window.MoveTo(row);
                for (int column = 0; column < g.OutputWidth; column++, at += g.OutputChannels)
                {
                    Position<TRequantizer>(ref args, row, column, args.Done, args.Output.Slice(at, g.OutputChannels));
                }
            }
        }
    }

    private static void Position<TRequantizer>(
        ref DepthwiseArgs args, int row, int column, int first, Span<sbyte> codes)
        where TRequantizer : struct, IRequantizer
    {
        Span<int> sums = stackalloc int[Tile];
        for (; first < codes.Length; first += Tile)
        {
            int count = Math.Min(Tile, codes.Length - first);
            args.Bias.Slice(first, count).CopyTo(sums);
            Add(args.Window, args.Geometry, row, column, args.Weights, args.InputZeroPoint, first, sums[..count]);
            TRequantizer.Run(sums[..count], args.Requantization, first, codes.Slice(first, count));
        }
    }

    /// <summary>
    /// Adds <c>weights[tap, o] · (x[tap, c] − zp)</c> to the sums of outputs from <paramref name="first"/> on.
    /// </summary>
    public static void Add(
        in ImageRows<sbyte> window, in WindowGeometry g, int outputRow, int outputColumn, ReadOnlySpan<sbyte> weights,
        int zeroPoint, int first, Span<int> sums)
    {
        int multiplier = g.OutputChannels / g.InputChannels;
        int top = g.FirstRow(outputRow);
        int left = g.FirstColumn(outputColumn);
        for (int filterRow = 0; filterRow < g.FilterHeight; filterRow++)
        {
            int row = top + (filterRow * g.DilationHeight);
            if ((uint)row >= (uint)g.InputHeight)
            {
                continue;
            }

            ReadOnlySpan<sbyte> values = window.Row(row);
            for (int filterColumn = 0; filterColumn < g.FilterWidth; filterColumn++)
            {
                int column = left + (filterColumn * g.DilationWidth);
                if ((uint)column >= (uint)g.InputWidth)
                {
                    continue;
                }

                ReadOnlySpan<sbyte> x = values.Slice(column * g.InputChannels, g.InputChannels);
                ReadOnlySpan<sbyte> w = weights.Slice(
                    (((filterRow * g.FilterWidth) + filterColumn) * g.OutputChannels) + first, sums.Length);
                if (multiplier == 1)
                {
                    AddTap(x.Slice(first, sums.Length), w, (short)zeroPoint, sums);
                }
                else if (g.InputChannels == 1)
                {
                    AddTap(x[0] - zeroPoint, w, sums);
                }
                else
                {
                    for (int i = 0; i < sums.Length; i++)
                    {
                        sums[i] += w[i] * (x[(first + i) / multiplier] - zeroPoint);
                    }
                }
            }
        }
    }

    /// <summary>Adds <c>weights[tap, o] · x[tap, c]</c> to the real sums of all outputs.</summary>
    public static void Add(
        ReadOnlySpan<float> image, in WindowGeometry g, int outputRow, int outputColumn, ReadOnlySpan<float> weights,
        Span<float> sums)
    {
        int multiplier = g.OutputChannels / g.InputChannels;
        int top = g.FirstRow(outputRow);
        int left = g.FirstColumn(outputColumn);
        for (int filterRow = 0; filterRow < g.FilterHeight; filterRow++)
        {
            int row = top + (filterRow * g.DilationHeight);
            for (int filterColumn = 0; filterColumn < g.FilterWidth; filterColumn++)
            {
                int column = left + (filterColumn * g.DilationWidth);
                if ((uint)row >= (uint)g.InputHeight || (uint)column >= (uint)g.InputWidth)
                {
                    continue;
                }

                ReadOnlySpan<float> x = image.Slice(((row * g.InputWidth) + column) * g.InputChannels, g.InputChannels);
                ReadOnlySpan<float> w = weights.Slice(
                    ((filterRow * g.FilterWidth) + filterColumn) * g.OutputChannels, g.OutputChannels);
                for (int i = 0; i < sums.Length; i++)
                {
                    sums[i] += w[i] * x[i / multiplier];
                }
            }
        }
    }

    // |x − zp| is at most 255 and |w| at most 128, so a product fits int16.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTap(ReadOnlySpan<sbyte> x, ReadOnlySpan<sbyte> w, short zeroPoint, Span<int> sums)
    {
        ref sbyte values = ref MemoryMarshal.GetReference(x);
        ref sbyte weights = ref MemoryMarshal.GetReference(w);
        ref int target = ref MemoryMarshal.GetReference(sums);
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<short> zero = Vector256.Create(zeroPoint);
            for (; i <= sums.Length - 16; i += 16)
            {
                Vector256<short> products = (Widen256(ref values, i) - zero) * Widen256(ref weights, i);
                (Vector256<int> lower, Vector256<int> upper) = Vector256.Widen(products);
                (Vector256.LoadUnsafe(ref target, (nuint)i) + lower).StoreUnsafe(ref target, (nuint)i);
                (Vector256.LoadUnsafe(ref target, (nuint)(i + 8)) + upper).StoreUnsafe(ref target, (nuint)(i + 8));
            }
        }

        if (Vector128.IsHardwareAccelerated)
        {
            Vector128<short> zero = Vector128.Create(zeroPoint);
            for (; i <= sums.Length - 8; i += 8)
            {
                Vector128<short> products = (Widen128(ref values, i) - zero) * Widen128(ref weights, i);
                (Vector128<int> lower, Vector128<int> upper) = Vector128.Widen(products);
                (Vector128.LoadUnsafe(ref target, (nuint)i) + lower).StoreUnsafe(ref target, (nuint)i);
                (Vector128.LoadUnsafe(ref target, (nuint)(i + 4)) + upper).StoreUnsafe(ref target, (nuint)(i + 4));
            }
        }

        for (; i < sums.Length; i++)
        {
            Unsafe.Add(ref target, i) += Unsafe.Add(ref weights, i) * (Unsafe.Add(ref values, i) - zeroPoint);
        }
    }

    private static void AddTap(int x, ReadOnlySpan<sbyte> w, Span<int> sums)
    {
        ref sbyte weights = ref MemoryMarshal.GetReference(w);
        ref int target = ref MemoryMarshal.GetReference(sums);
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            for (; i <= sums.Length - 8; i += 8)
            {
                (Vector128<int> lower, Vector128<int> upper) = Vector128.Widen(Widen128(ref weights, i) * (short)x);
                (Vector128.LoadUnsafe(ref target, (nuint)i) + lower).StoreUnsafe(ref target, (nuint)i);
                (Vector128.LoadUnsafe(ref target, (nuint)(i + 4)) + upper).StoreUnsafe(ref target, (nuint)(i + 4));
            }
        }

        for (; i < sums.Length; i++)
        {
            Unsafe.Add(ref target, i) += Unsafe.Add(ref weights, i) * x;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Widen256(ref sbyte source, int i)
    {
        Vector128<sbyte> bytes = Vector128.LoadUnsafe(ref source, (nuint)i);
        return Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Widen128(ref sbyte source, int i) =>
        Vector128.WidenLower(Vector64.LoadUnsafe(ref source, (nuint)i).ToVector128Unsafe());
}
