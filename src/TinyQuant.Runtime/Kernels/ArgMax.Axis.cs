using TinyQuant.Kernels.Elements;

namespace TinyQuant.Kernels;

/// <content>Along one dimension of a tensor: TensorFlow Lite's ARG_MAX.</content>
public static partial class ArgMax
{
    /// <summary>The first index of the greatest code along a dimension.</summary>
    /// <param name="input">[outer, size, inner] codes.</param>
    /// <param name="size">1 or more.</param>
    /// <param name="inner">The elements from one index of the dimension to the next; 1 or more.</param>
    /// <param name="output">[outer, inner].</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Along(ReadOnlySpan<sbyte> input, int size, int inner, Span<int> output)
    {
        FirstPlace.Check(input.Length, size, inner, output.Length);
        if (inner > 1 || size <= FirstPlace.LongRow)
        {
            FirstPlace.Along<sbyte, GreatestFirst>(input, size, inner, output);
            return;
        }

        for (int i = 0; i < output.Length; i++)
        {
            output[i] = Run(input.Slice(i * size, size));
        }
    }

    /// <summary>
    /// The first index of the greatest number along a dimension. A NaN that comes first stays; no other is taken.
    /// </summary>
    /// <remarks>
    /// <c>ArgMinMax</c> of <c>tensorflow/lite/kernels/internal/reference/arg_min_max.h</c> with TensorFlow Lite Micro's
    /// comparison: the first element, replaced by each that is greater.
    /// </remarks>
    /// <param name="input">[outer, size, inner] real values.</param>
    /// <param name="size">1 or more.</param>
    /// <param name="inner">The elements from one index of the dimension to the next; 1 or more.</param>
    /// <param name="output">[outer, inner].</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Along(ReadOnlySpan<float> input, int size, int inner, Span<int> output)
    {
        FirstPlace.Check(input.Length, size, inner, output.Length);
        if (inner > 1 || size <= FirstPlace.LongRow)
        {
            FirstPlace.Along<float, GreatestFirst>(input, size, inner, output);
            return;
        }

        for (int i = 0; i < output.Length; i++)
        {
            ReadOnlySpan<float> values = input.Slice(i * size, size);
            output[i] = float.IsNaN(values[0]) ? 0 : Run(values);
        }
    }

    /// <summary>The same with indexes of int64.</summary>
    /// <param name="input">[outer, size, inner] codes.</param>
    /// <param name="size">1 or more.</param>
    /// <param name="inner">The elements from one index of the dimension to the next; 1 or more.</param>
    /// <param name="output">[outer, inner].</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Along(ReadOnlySpan<sbyte> input, int size, int inner, Span<long> output)
    {
        Along(input, size, inner, FirstPlace.Narrow(output));
        FirstPlace.Widen(output);
    }

    /// <summary>The same with indexes of int64.</summary>
    /// <param name="input">[outer, size, inner] real values.</param>
    /// <param name="size">1 or more.</param>
    /// <param name="inner">The elements from one index of the dimension to the next; 1 or more.</param>
    /// <param name="output">[outer, inner].</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Along(ReadOnlySpan<float> input, int size, int inner, Span<long> output)
    {
        Along(input, size, inner, FirstPlace.Narrow(output));
        FirstPlace.Widen(output);
    }
}
