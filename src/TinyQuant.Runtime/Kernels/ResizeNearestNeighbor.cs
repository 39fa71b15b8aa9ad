using System.ComponentModel;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>Copies pixels to an image of another height and width: TensorFlow Lite's RESIZE_NEAREST_NEIGHBOR.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ResizeNearestNeighbor
{
    /// <summary>Copies the pixel at (rows[y], columns[x]) to (y, x).</summary>
    /// <param name="input">[batches, height, width, channels].</param>
    /// <param name="height">The input's rows.</param>
    /// <param name="width">The input's columns.</param>
    /// <param name="channels">Elements of a pixel.</param>
    /// <param name="rows">For each row of the output, one of the input.</param>
    /// <param name="columns">For each column of the output, one of the input.</param>
    /// <param name="output">[batches, rows, columns, channels]; apart from the input.</param>
    /// <typeparam name="T">The element type.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a row or column is not in the
    /// input.</exception>
    public static void Run<T>(
        ReadOnlySpan<T> input, int height, int width, int channels, ReadOnlySpan<int> rows, ReadOnlySpan<int> columns,
        Span<T> output)
        where T : unmanaged
    {
        long image = SpanChecks.Product(Math.Max(height, 1), Math.Max(width, 1), Math.Max(channels, 1));
        long resized = Math.Max(channels, 0) * SpanChecks.Product(rows.Length, columns.Length);
        if (Math.Min(Math.Min(height, width), channels) < 1 || input.Length % image != 0 || resized > int.MaxValue
            || output.Length != input.Length / image * resized)
        {
            SpanChecks.Throw(
                output.Length, input.Length / image * Math.Min(resized, SpanChecks.TooMany), nameof(output), "sizes");
        }

        Check(rows, height, nameof(rows));
        Check(columns, width, nameof(columns));
        int inputRow = width * channels;
        int outputRow = columns.Length * channels;
        int to = 0;
        for (int from = 0; from < input.Length; from += (int)image)
        {
            for (int y = 0; y < rows.Length; y++, to += outputRow)
            {
                Span<T> row = output.Slice(to, outputRow);
                if (y > 0 && rows[y] == rows[y - 1])
                {
                    output.Slice(to - outputRow, outputRow).CopyTo(row);
                    continue;
                }

                ReadOnlySpan<T> source = input.Slice(from + (rows[y] * inputRow), inputRow);
                for (int x = 0; x < columns.Length; x++)
                {
                    source.Slice(columns[x] * channels, channels).CopyTo(row[(x * channels)..]);
                }
            }
        }
    }

    private static void Check(ReadOnlySpan<int> indexes, int size, string name)
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
