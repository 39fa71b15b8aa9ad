using System.Numerics;

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
        CheckAxis(input.Length, size, inner, output.Length);
        if (inner > 1)
        {
            AlongStrided(input, size, inner, sbyte.MinValue, output);
            return;
        }

        for (int i = 0; i < output.Length; i++)
        {
            output[i] = Run(input.Slice(i * size, size));
        }
    }

    /// <summary>The first index of the greatest number along a dimension; NaN is never the greatest.</summary>
    /// <param name="input">[outer, size, inner] real values.</param>
    /// <param name="size">1 or more.</param>
    /// <param name="inner">The elements from one index of the dimension to the next; 1 or more.</param>
    /// <param name="output">[outer, inner].</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Along(ReadOnlySpan<float> input, int size, int inner, Span<int> output)
    {
        CheckAxis(input.Length, size, inner, output.Length);
        if (inner > 1)
        {
            AlongStrided(input, size, inner, float.NegativeInfinity, output);
            return;
        }

        for (int i = 0; i < output.Length; i++)
        {
            output[i] = Run(input.Slice(i * size, size));
        }
    }

    private static void AlongStrided<T>(ReadOnlySpan<T> input, int size, int inner, T least, Span<int> output)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < output.Length; i++)
        {
            ReadOnlySpan<T> values = input[((i / inner * size * inner) + (i % inner))..];
            int best = 0;
            T greatest = T.IsNaN(values[0]) ? least : values[0];
            for (int index = 1; index < size; index++)
            {
                T value = values[index * inner];
                // Where NaN came first, the least value itself is greater than it.
                if (value > greatest || (value == least && T.IsNaN(values[best * inner])))
                {
                    greatest = value;
                    best = index;
                }
            }

            output[i] = best;
        }
    }

    private static void CheckAxis(int input, int size, int inner, int output)
    {
        if (size < 1 || inner < 1 || output % inner != 0 || (long)output * size != input)
        {
            Lengths.Throw(input, (long)output * size, nameof(input), nameof(output));
        }
    }
}
