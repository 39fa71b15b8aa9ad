using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Movement;

namespace TinyQuant.Kernels;

/// <summary>The sum of all elements up to each along a dimension, TensorFlow Lite's CUMSUM.</summary>
/// <remarks>
/// <c>tensorflow/lite/kernels/internal/reference/cumsum.h</c>; in int8 the sum begins with code 0, as
/// <see cref="AddN"/> does.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Cumsum
{
    private const int Lanes = 4;
    private const int Steps = 32; // of rows that are turned
    private const int Tile = 32; // such rows at once

    /// <summary>float32.</summary>
    /// <param name="input">[outer, size, inner] real values.</param>
    /// <param name="size">1 or more.</param>
    /// <param name="inner">The elements from one index of the dimension to the next; 1 or more.</param>
    /// <param name="exclusive">Whether a sum is without the element at its place.</param>
    /// <param name="reverse">Whether the sums begin at the end.</param>
    /// <param name="output">As long as <paramref name="input"/>; may be it.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Float32(
        ReadOnlySpan<float> input, int size, int inner, bool exclusive, bool reverse, Span<float> output)
    {
        Check(input.Length, size, inner, output.Length);
        int step = reverse ? -inner : inner;
        int rows = input.Length / size;
        if (inner == 1 && rows >= Lanes)
        {
            FloatRows(input, size, exclusive, reverse, output);
            return;
        }

        // Neighbours in the inner dimensions are lanes of a vector.
        for (int row = 0; row < rows;)
        {
            (int at, _) = Start(row, size, inner, reverse);
            int lanes = inner - (row % inner);
            if (lanes >= Lanes && Vector128.IsHardwareAccelerated)
            {
                Vectors(
                    ref Unsafe.AsRef(in input[at]), ref output[at], size, step, exclusive, Vector128<float>.Zero);
                row += Lanes;
                continue;
            }

            float sum = 0;
            for (int k = 0; k < size; k++, at += step)
            {
                float next = sum + input[at];
                output[at] = exclusive ? sum : next;
                sum = next;
            }

            row++;
        }
    }

    /// <summary>Rows whose elements follow one another: a few at once are turned, summed and turned back.</summary>
    [SkipLocalsInit]
    private static void FloatRows(
        ReadOnlySpan<float> input, int size, bool exclusive, bool reverse, Span<float> output)
    {
        Span<float> block = stackalloc float[Steps * Tile];
        Span<float> sums = stackalloc float[Tile];
        ref float turned = ref MemoryMarshal.GetReference(block);
        int rows = input.Length / size;
        int row = 0;
        while (row <= rows - Lanes && Vector128.IsHardwareAccelerated)
        {
            int tile = Math.Min(Tile, (rows - row) / Lanes * Lanes);
            sums.Clear();
            for (int done = 0; done < size; done += Steps)
            {
                int steps = Math.Min(Steps, size - done);
                int at = (row * size) + (reverse ? size - done - steps : done);
                Transposition.Run(ref Unsafe.AsRef(in input[at]), size, ref turned, tile, steps, tile);
                int first = reverse ? (steps - 1) * tile : 0;
                for (int lane = 0; lane < tile; lane += Lanes)
                {
                    ref float place = ref block[first + lane];
                    Vectors(
                        ref place, ref place, steps, reverse ? -tile : tile, exclusive,
                        Vector128.LoadUnsafe(ref sums[lane])).StoreUnsafe(ref sums[lane]);
                }

                Transposition.Run(ref turned, tile, ref output[at], size, tile, steps);
            }

            row += tile;
        }

        for (; row < rows; row++)
        {
            (int at, int step) = Start(row, size, inner: 1, reverse);
            float sum = 0;
            for (int k = 0; k < size; k++, at += step)
            {
                float next = sum + input[at];
                output[at] = exclusive ? sum : next;
                sum = next;
            }
        }
    }

    /// <summary>Running sums of four lanes; returns the last ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Vectors(
        ref float input, ref float output, int size, nint step, bool exclusive, Vector128<float> sums)
    {
        for (nint k = 0; k < size; k++)
        {
            Vector128<float> next = sums + Vector128.LoadUnsafe(ref Unsafe.Add(ref input, k * step));
            (exclusive ? sums : next).StoreUnsafe(ref Unsafe.Add(ref output, k * step));
            sums = next;
        }

        return sums;
    }

    /// <summary>int8 codes.</summary>
    /// <param name="input">[outer, size, inner] int8 codes.</param>
    /// <param name="size">1 or more.</param>
    /// <param name="inner">The elements from one index of the dimension to the next; 1 or more.</param>
    /// <param name="exclusive">Whether a sum is without the element at its place.</param>
    /// <param name="reverse">Whether the sums begin at the end.</param>
    /// <param name="scale">What takes sums to the output's scale.</param>
    /// <param name="output">As long as <paramref name="input"/>; may be it.</param>
    /// <typeparam name="TRounding">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Int8<TRounding>(
        ReadOnlySpan<sbyte> input, int size, int inner, bool exclusive, bool reverse, in CodeSum scale,
        Span<sbyte> output)
        where TRounding : struct, IFixedPointRounding
    {
        Check(input.Length, size, inner, output.Length);
        for (int row = 0; row < input.Length / size; row++)
        {
            (int at, int step) = Start(row, size, inner, reverse);
            int sum = scale.First;
            for (int k = 0; k < size; k++, at += step)
            {
                int next = unchecked(sum + input[at] - scale.InputZeroPoint);
                output[at] = scale.Code<TRounding>(exclusive ? sum : next);
                sum = next;
            }
        }
    }

    private static (int At, int Step) Start(int row, int size, int inner, bool reverse)
    {
        int first = (row / inner * size * inner) + (row % inner);
        return reverse ? (first + ((size - 1) * inner), -inner) : (first, inner);
    }

    private static void Check(int input, int size, int inner, int output)
    {
        SpanChecks.Equal(output, input, nameof(output), nameof(input));
        if (size < 1 || inner < 1 || input % ((long)size * inner) != 0)
        {
            SpanChecks.Throw(input, SpanChecks.Product(Math.Max(size, 1), Math.Max(inner, 1)), nameof(input),
                nameof(size));
        }
    }
}
