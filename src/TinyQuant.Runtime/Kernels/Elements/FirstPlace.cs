using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels.Elements;

/// <summary>Which of two elements is taken.</summary>
internal interface IOrder
{
    /// <summary>Whether an element takes the place of the best so far.</summary>
    static abstract bool IsBetter<T>(T value, T best)
        where T : INumber<T>;
}

/// <summary>The greater one.</summary>
internal readonly struct GreatestFirst : IOrder
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsBetter<T>(T value, T best)
        where T : INumber<T> => value > best;
}

/// <summary>The smaller one.</summary>
internal readonly struct LeastFirst : IOrder
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsBetter<T>(T value, T best)
        where T : INumber<T> => value < best;
}

/// <summary>Where the best element along a dimension is: the first one, replaced by each that is better.</summary>
/// <remarks>
/// <c>ArgMinMax</c> of <c>tensorflow/lite/kernels/internal/reference/arg_min_max.h</c> with TensorFlow Lite Micro's
/// comparison: a NaN that comes first stays; no other is taken.
/// </remarks>
internal static class FirstPlace
{
    /// <param name="input">[outer, size, inner] elements; <see cref="Check"/> has seen them.</param>
    /// <param name="size">1 or more.</param>
    /// <param name="inner">The elements from one index of the dimension to the next; 1 or more.</param>
    /// <param name="output">[outer, inner].</param>
    public static void Along<T, TOrder>(ReadOnlySpan<T> input, int size, int inner, Span<int> output)
        where T : unmanaged, INumber<T>
        where TOrder : struct, IOrder
    {
        for (int i = 0; i < output.Length; i++)
        {
            ReadOnlySpan<T> values = input[((i / inner * size * inner) + (i % inner))..];
            int place = 0;
            T best = values[0];
            for (int index = 1; index < size; index++)
            {
                T value = values[index * inner];
                if (TOrder.IsBetter(value, best))
                {
                    best = value;
                    place = index;
                }
            }

            output[i] = place;
        }
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
