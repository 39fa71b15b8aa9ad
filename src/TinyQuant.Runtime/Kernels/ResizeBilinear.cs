using System.ComponentModel;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>Images of another height and width, each pixel mixed of four: TensorFlow Lite's RESIZE_BILINEAR.</summary>
/// <remarks>
/// <c>tensorflow/lite/kernels/internal/reference/resize_bilinear.h</c>: <c>ResizeBilinearInteger</c> for int8, and
/// <c>ResizeBilinear</c> for float32. Which rows and columns are mixed, and how, is worked out by the compiler.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class ResizeBilinear
{
    private const int Steps = 1 << 10;
    private const int Half = 1 << 19;

    /// <summary>int8 codes, which keep their scale and zero point.</summary>
    /// <param name="input">[batches, height, width, channels].</param>
    /// <param name="height">The input's rows.</param>
    /// <param name="width">The input's columns.</param>
    /// <param name="channels">Elements of a pixel.</param>
    /// <param name="rows">For each row of the output the two of the input that it lies between.</param>
    /// <param name="rowSteps">How far it lies from the first of them, in 1/1024; from -512 to 1023.</param>
    /// <param name="columns">The same of columns.</param>
    /// <param name="columnSteps">The same of columns.</param>
    /// <param name="output">[batches, rows, columns, channels]; apart from the input.</param>
    /// <typeparam name="TRounding">The rounding of the last step.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a row or column is not in the
    /// input.</exception>
    public static void Run<TRounding>(
        ReadOnlySpan<sbyte> input, int height, int width, int channels, ReadOnlySpan<int> rows,
        ReadOnlySpan<int> rowSteps,
        ReadOnlySpan<int> columns, ReadOnlySpan<int> columnSteps, Span<sbyte> output)
        where TRounding : struct, IFixedPointRounding
    {
        int image = Check(
            input.Length, height, width, channels, rows, rowSteps.Length, columns, columnSteps.Length, output.Length);
        int to = 0;
        for (int from = 0; from < input.Length; from += image)
        {
            for (int y = 0; y < rowSteps.Length; y++)
            {
                ReadOnlySpan<sbyte> upper = input.Slice(from + (rows[2 * y] * width * channels), width * channels);
                ReadOnlySpan<sbyte> lower = input.Slice(
                    from + (rows[(2 * y) + 1] * width * channels), width * channels);
                for (int x = 0; x < columnSteps.Length; x++, to += channels)
                {
                    int left = columns[2 * x] * channels;
                    int right = columns[(2 * x) + 1] * channels;
                    int upperLeft = (Steps - rowSteps[y]) * (Steps - columnSteps[x]);
                    int lowerLeft = rowSteps[y] * (Steps - columnSteps[x]);
                    int upperRight = (Steps - rowSteps[y]) * columnSteps[x];
                    int lowerRight = rowSteps[y] * columnSteps[x];
                    Span<sbyte> pixel = output.Slice(to, channels);
                    for (int c = 0; c < pixel.Length; c++)
                    {
                        // A product is at most 128 * 1536 * 1536, and the factors add up to 2^20.
                        int sum = (upper[left + c] * upperLeft) + (lower[left + c] * lowerLeft)
                            + (upper[right + c] * upperRight) + (lower[right + c] * lowerRight);
                        pixel[c] = (sbyte)(typeof(TRounding) == typeof(SingleRounding)
                            ? (sum + Half) >> 20
                            : (sum > 0 ? sum + Half : sum - Half) / (2 * Half));
                    }
                }
            }
        }
    }

    /// <summary>float32, each product and sum rounded.</summary>
    /// <inheritdoc cref="Run{TRounding}"/>
    /// <param name="input">[batches, height, width, channels].</param>
    /// <param name="height">The input's rows.</param>
    /// <param name="width">The input's columns.</param>
    /// <param name="channels">Elements of a pixel.</param>
    /// <param name="rows">For each row of the output the two of the input that it lies between.</param>
    /// <param name="rowParts">How far it lies from the first of them.</param>
    /// <param name="columns">The same of columns.</param>
    /// <param name="columnParts">The same of columns.</param>
    /// <param name="output">[batches, rows, columns, channels]; apart from the input.</param>
    public static void Run(
        ReadOnlySpan<float> input, int height, int width, int channels, ReadOnlySpan<int> rows,
        ReadOnlySpan<float> rowParts,
        ReadOnlySpan<int> columns, ReadOnlySpan<float> columnParts, Span<float> output)
    {
        int image = Check(
            input.Length, height, width, channels, rows, rowParts.Length, columns, columnParts.Length, output.Length);
        int to = 0;
        for (int from = 0; from < input.Length; from += image)
        {
            for (int y = 0; y < rowParts.Length; y++)
            {
                ReadOnlySpan<float> upper = input.Slice(from + (rows[2 * y] * width * channels), width * channels);
                ReadOnlySpan<float> lower = input.Slice(
                    from + (rows[(2 * y) + 1] * width * channels), width * channels);
                float down = rowParts[y];
                for (int x = 0; x < columnParts.Length; x++, to += channels)
                {
                    int left = columns[2 * x] * channels;
                    int right = columns[(2 * x) + 1] * channels;
                    float across = columnParts[x];
                    Span<float> pixel = output.Slice(to, channels);
                    for (int c = 0; c < pixel.Length; c++)
                    {
                        pixel[c] = (upper[left + c] * (1 - down) * (1 - across))
                            + (lower[left + c] * down * (1 - across))
                            + (upper[right + c] * (1 - down) * across) + (lower[right + c] * down * across);
                    }
                }
            }
        }
    }

    /// <summary>The elements of an image of the input.</summary>
    private static int Check(
        int input, int height, int width, int channels, ReadOnlySpan<int> rows, int rowCount, ReadOnlySpan<int> columns,
        int columnCount, int output)
    {
        SpanChecks.Equal(rows.Length, 2 * rowCount, nameof(rows), "parts");
        SpanChecks.Equal(columns.Length, 2 * columnCount, nameof(columns), "parts");
        long image = SpanChecks.Product(Math.Max(height, 1), Math.Max(width, 1), Math.Max(channels, 1));
        long resized = Math.Max(channels, 0) * SpanChecks.Product(rowCount, columnCount);
        if (Math.Min(Math.Min(height, width), channels) < 1 || input % image != 0 || resized > int.MaxValue
            || output != input / image * resized)
        {
            SpanChecks.Throw(output, input / image * Math.Min(resized, SpanChecks.TooMany), nameof(output), "sizes");
        }

        CheckIndexes(rows, height, nameof(rows));
        CheckIndexes(columns, width, nameof(columns));
        return (int)Math.Min(image, int.MaxValue); // no input, no image
    }

    private static void CheckIndexes(ReadOnlySpan<int> indexes, int size, string name)
    {
        foreach (int index in indexes)
        {
            if ((uint)index >= (uint)size)
            {
                SpanChecks.Throw(size, index, "input", name);
            }
        }
    }
}
