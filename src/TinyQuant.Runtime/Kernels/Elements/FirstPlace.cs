using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Movement;

namespace TinyQuant.Kernels.Elements;

/// <summary>Which of two elements is taken.</summary>
internal interface IOrder
{
    /// <summary>Whether an element takes the place of the best so far.</summary>
    static abstract bool IsBetter<T>(T value, T best)
        where T : INumber<T>;

    /// <summary>All bits of each lane in which it does.</summary>
    static abstract Vector128<T> IsBetter<T>(Vector128<T> values, Vector128<T> bests);
}

/// <summary>The greater one.</summary>
internal readonly struct GreatestFirst : IOrder
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsBetter<T>(T value, T best)
        where T : INumber<T> => value > best;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> IsBetter<T>(Vector128<T> values, Vector128<T> bests) =>
        Vector128.GreaterThan(values, bests);
}

/// <summary>The smaller one.</summary>
internal readonly struct LeastFirst : IOrder
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsBetter<T>(T value, T best)
        where T : INumber<T> => value < best;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> IsBetter<T>(Vector128<T> values, Vector128<T> bests) =>
        Vector128.LessThan(values, bests);
}

/// <summary>Where the best element along a dimension is: the first one, replaced by each that is better.</summary>
/// <remarks>
/// <c>ArgMinMax</c> of <c>tensorflow/lite/kernels/internal/reference/arg_min_max.h</c> with TensorFlow Lite Micro's
/// comparison: a NaN that comes first stays; no other is taken.
/// </remarks>
internal static class FirstPlace
{
    /// <summary>Rows up to this length are turned.</summary>
    public const int LongRow = 64;

    private const int Rows = 16; // at once

    /// <param name="input">[outer, size, inner] elements; <see cref="Check"/> has seen them.</param>
    /// <param name="size">1 or more.</param>
    /// <param name="inner">The elements from one index of the dimension to the next; 1 or more.</param>
    /// <param name="output">[outer, inner].</param>
    public static void Along<T, TOrder>(ReadOnlySpan<T> input, int size, int inner, Span<int> output)
        where T : unmanaged, INumber<T>
        where TOrder : struct, IOrder
    {
        if (inner == 1 && size <= LongRow)
        {
            Turned<T, TOrder>(input, size, output);
            return;
        }

        for (int to = 0; to < output.Length; to += inner)
        {
            ref T first = ref Unsafe.Add(ref MemoryMarshal.GetReference(input), (nint)to * size);
            Lanes<T, TOrder>(ref first, size, inner, output.Slice(to, inner));
        }
    }

    /// <summary>Rows, some of which are turned so that they lie side by side.</summary>
    [SkipLocalsInit]
    private static void Turned<T, TOrder>(ReadOnlySpan<T> input, int size, Span<int> output)
        where T : unmanaged, INumber<T>
        where TOrder : struct, IOrder
    {
        Span<T> block = stackalloc T[LongRow * Rows];
        ref T turned = ref MemoryMarshal.GetReference(block);
        for (int to = 0; to < output.Length; to += Rows)
        {
            int rows = Math.Min(Rows, output.Length - to);
            Transposition.Run(
                ref Unsafe.Add(ref MemoryMarshal.GetReference(input), (nint)to * size), size, ref turned, rows, size,
                rows);
            Lanes<T, TOrder>(ref turned, size, rows, output.Slice(to, rows));
        }
    }

    /// <summary>Along the first dimension of [size, lanes].</summary>
    private static void Lanes<T, TOrder>(ref T first, int size, nint stride, Span<int> output)
        where T : unmanaged, INumber<T>
        where TOrder : struct, IOrder
    {
        int i = 0;
        if (Vector128.IsHardwareAccelerated && (Unsafe.SizeOf<T>() == 4 || (Unsafe.SizeOf<T>() == 1 && size <= 256)))
        {
            for (; i <= output.Length - Vector128<T>.Count; i += Vector128<T>.Count)
            {
                Store<T>(
                    Best<T, TOrder>(ref Unsafe.Add(ref first, i), size, stride),
                    ref Unsafe.Add(ref MemoryMarshal.GetReference(output), i));
            }
        }

        for (; i < output.Length; i++)
        {
            int place = 0;
            T best = Unsafe.Add(ref first, i);
            for (int index = 1; index < size; index++)
            {
                T value = Unsafe.Add(ref first, (index * stride) + i);
                if (TOrder.IsBetter(value, best))
                {
                    best = value;
                    place = index;
                }
            }

            output[i] = place;
        }
    }

    /// <summary>The places of as many lanes as a vector has, in lanes of the same size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Best<T, TOrder>(ref T first, int size, nint stride)
        where T : unmanaged, INumber<T>
        where TOrder : struct, IOrder
    {
        Vector128<T> best = Vector128.LoadUnsafe(ref first);
        Vector128<byte> places = default, index = default;
        for (nint k = 1; k < size; k++)
        {
            Vector128<T> value = Vector128.LoadUnsafe(ref Unsafe.Add(ref first, k * stride));
            Vector128<T> isBetter = TOrder.IsBetter(value, best);
            best = Vector128.ConditionalSelect(isBetter, value, best);
            index = Unsafe.SizeOf<T>() == 1
                ? index + Vector128<byte>.One
                : (index.AsInt32() + Vector128<int>.One).AsByte();
            places = Vector128.ConditionalSelect(isBetter.AsByte(), index, places);
        }

        return places;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(Vector128<byte> places, ref int output)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() == 4)
        {
            places.AsInt32().StoreUnsafe(ref output);
            return;
        }

        (Vector128<ushort> lower, Vector128<ushort> upper) = Vector128.Widen(places);
        Vector128.WidenLower(lower).AsInt32().StoreUnsafe(ref output);
        Vector128.WidenUpper(lower).AsInt32().StoreUnsafe(ref output, 4);
        Vector128.WidenLower(upper).AsInt32().StoreUnsafe(ref output, 8);
        Vector128.WidenUpper(upper).AsInt32().StoreUnsafe(ref output, 12);
    }

    /// <summary>
    /// Room for as many int32 places in the upper half of int64 ones, where <see cref="Widen"/> takes them from.
    /// </summary>
    public static Span<int> Narrow(Span<long> places) => MemoryMarshal.Cast<long, int>(places)[places.Length..];

    /// <summary>Makes int64 places of the int32 ones: what is written has been read.</summary>
    public static void Widen(Span<long> places)
    {
        Span<int> narrow = Narrow(places);
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = narrow[i];
        }
    }

    /// <summary>Whether the lengths fit each other.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    public static void Check(int input, int size, int inner, int output)
    {
        if (size < 1 || inner < 1 || output % inner != 0 || (long)output * size != input)
        {
            SpanChecks.Throw(input, (long)output * size, nameof(input), nameof(output));
        }
    }
}
