using System.ComponentModel;
using System.Numerics;
using TinyQuant.Kernels.Elements;

namespace TinyQuant.Kernels;

/// <summary>
/// The index of the least value along a dimension, TensorFlow Lite's ARG_MIN; of several equal ones, the first.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ArgMin
{
    /// <summary>A NaN that comes first stays; no other is taken.</summary>
    /// <remarks>
    /// <c>ArgMinMax</c> of <c>tensorflow/lite/kernels/internal/reference/arg_min_max.h</c>: the first element, replaced
    /// by each that is smaller.
    /// </remarks>
    /// <param name="input">[outer, size, inner] codes or real values.</param>
    /// <param name="size">1 or more.</param>
    /// <param name="inner">The elements from one index of the dimension to the next; 1 or more.</param>
    /// <param name="output">[outer, inner].</param>
    /// <typeparam name="T">sbyte or float.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Along<T>(ReadOnlySpan<T> input, int size, int inner, Span<int> output)
        where T : unmanaged, INumber<T>
    {
        FirstPlace.Check(input.Length, size, inner, output.Length);
        FirstPlace.Along<T, LeastFirst>(input, size, inner, output);
    }

    /// <summary>The same with indexes of int64.</summary>
    /// <param name="input">[outer, size, inner] codes or real values.</param>
    /// <param name="size">1 or more.</param>
    /// <param name="inner">The elements from one index of the dimension to the next; 1 or more.</param>
    /// <param name="output">[outer, inner].</param>
    /// <typeparam name="T">sbyte or float.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Along<T>(ReadOnlySpan<T> input, int size, int inner, Span<long> output)
        where T : unmanaged, INumber<T>
    {
        Along(input, size, inner, FirstPlace.Narrow(output));
        FirstPlace.Widen(output);
    }
}
