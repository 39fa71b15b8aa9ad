using System.ComponentModel;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>The sum of all elements up to each along a dimension, TensorFlow Lite's CUMSUM.</summary>
/// <remarks>
/// <c>tensorflow/lite/kernels/internal/reference/cumsum.h</c>; in int8 the sum begins with code 0, as
/// <see cref="AddN"/> does.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Cumsum
{
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
        for (int row = 0; row < input.Length / size; row++)
        {
            (int at, int step) = Start(row, size, inner, reverse);
            float sum = 0;
            for (int k = 0; k < size; k++, at += step)
            {
                float next = sum + input[at];
                output[at] = exclusive ? sum : next;
                sum = next;
            }
        }
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
