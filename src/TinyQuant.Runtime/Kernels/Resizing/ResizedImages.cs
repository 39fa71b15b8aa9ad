using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels.Resizing;

/// <summary>Images of another height and width, each pixel mixed of four, in any type.</summary>
internal static class ResizedImages
{
    /// <summary>Mixes all pixels of the output.</summary>
    /// <param name="input">[batches, height, width, channels].</param>
    /// <param name="height">The input's rows.</param>
    /// <param name="width">The input's columns.</param>
    /// <param name="channels">Elements of a pixel.</param>
    /// <param name="rows">For each row of the output the two of the input that it lies between.</param>
    /// <param name="rowParts">How far it lies from the first of them.</param>
    /// <param name="columns">The same of columns.</param>
    /// <param name="columnParts">The same of columns.</param>
    /// <param name="output">[batches, rows, columns, channels]; apart from the input.</param>
    /// <typeparam name="T">An element.</typeparam>
    /// <typeparam name="TPart">The type of the parts.</typeparam>
    /// <typeparam name="TMixer">How a pixel is mixed.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a row or column is not in the
    /// input.</exception>
    public static void Mix<T, TPart, TMixer>(
        ReadOnlySpan<T> input, int height, int width, int channels, ReadOnlySpan<int> rows,
        ReadOnlySpan<TPart> rowParts, ReadOnlySpan<int> columns, ReadOnlySpan<TPart> columnParts, Span<T> output)
        where TMixer : struct, IPixelMixer<TMixer, T, TPart>
    {
        int image = Check(
            input.Length, height, width, channels, rows, rowParts.Length, columns, columnParts.Length, output.Length);
        int to = 0;
        for (int from = 0; from < input.Length; from += image)
        {
            for (int y = 0; y < rowParts.Length; y++)
            {
                ReadOnlySpan<T> upper = input.Slice(from + (rows[2 * y] * width * channels), width * channels);
                ReadOnlySpan<T> lower = input.Slice(from + (rows[(2 * y) + 1] * width * channels), width * channels);
                for (int x = 0; x < columnParts.Length; x++, to += channels)
                {
                    int left = columns[2 * x] * channels;
                    int right = columns[(2 * x) + 1] * channels;
                    TMixer mixer = TMixer.Of(rowParts[y], columnParts[x]);
                    Span<T> pixel = output.Slice(to, channels);
                    for (int c = 0; c < pixel.Length; c++)
                    {
                        pixel[c] = mixer.Mix(upper[left + c], lower[left + c], upper[right + c], lower[right + c]);
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
