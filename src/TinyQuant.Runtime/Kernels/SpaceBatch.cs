using System.ComponentModel;

namespace TinyQuant.Kernels;

/// <summary>
/// Copies pixels between an image and the images of a batch: TensorFlow Lite's SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SpaceBatch
{
    /// <summary>Every block-th pixel to an image of its own.</summary>
    /// <param name="input">[batches, height, width, channels].</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="value">What lies outside of the input.</param>
    /// <param name="output">[block height · block width · batches, rows, columns, channels]; apart from the
    /// input.</param>
    /// <typeparam name="T">The element type.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit the sizes.</exception>
    public static void ToBatch<T>(ReadOnlySpan<T> input, in SpaceBatchShape shape, T value, Span<T> output)
        where T : unmanaged
    {
        shape.Check(input.Length, output.Length);
        int channels = shape.Channels;
        int to = 0;
        for (int image = 0; image < shape.Images; image++)
        {
            int batch = image % shape.Batches;
            int block = image / shape.Batches;
            for (int row = 0; row < shape.Rows; row++)
            {
                int y = (row * shape.BlockHeight) + (block / shape.BlockWidth) - shape.Top;
                bool isInside = (uint)y < (uint)shape.Height;
                int line = isInside ? ((batch * shape.Height) + y) * shape.Width : 0;
                int x = (block % shape.BlockWidth) - shape.Left;
                for (int column = 0; column < shape.Columns; column++, x += shape.BlockWidth, to += channels)
                {
                    Span<T> pixel = output.Slice(to, channels);
                    if (isInside && (uint)x < (uint)shape.Width)
                    {
                        input.Slice((line + x) * channels, channels).CopyTo(pixel);
                    }
                    else
                    {
                        pixel.Fill(value);
                    }
                }
            }
        }
    }

    /// <summary>The images of a batch to every block-th pixel of one.</summary>
    /// <param name="input">[block height · block width · batches, rows, columns, channels].</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="output">[batches, height, width, channels]; apart from the input.</param>
    /// <typeparam name="T">The element type.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit the sizes.</exception>
    public static void ToSpace<T>(ReadOnlySpan<T> input, in SpaceBatchShape shape, Span<T> output)
        where T : unmanaged
    {
        shape.Check(output.Length, input.Length);
        int channels = shape.Channels;
        int to = 0;
        for (int batch = 0; batch < shape.Batches; batch++)
        {
            for (int y = shape.Top; y < shape.Top + shape.Height; y++)
            {
                int blockRow = y % shape.BlockHeight * shape.BlockWidth;
                for (int x = shape.Left; x < shape.Left + shape.Width; x++, to += channels)
                {
                    int image = ((blockRow + (x % shape.BlockWidth)) * shape.Batches) + batch;
                    int pixel = (((image * shape.Rows) + (y / shape.BlockHeight)) * shape.Columns)
                        + (x / shape.BlockWidth);
                    input.Slice(pixel * channels, channels).CopyTo(output[to..]);
                }
            }
        }
    }
}
