using System.ComponentModel;
using System.Runtime.InteropServices;
using TinyQuant.Kernels.Movement;

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
        int line = shape.Columns * channels;
        int to = 0;
        for (int image = 0; image < shape.Images; image++)
        {
            (int block, int batch) = Math.DivRem(image, shape.Batches);
            (int down, int across) = Math.DivRem(block, shape.BlockWidth);
            (int first, int end) = Inside(across, shape);
            for (int row = 0; row < shape.Rows; row++, to += line)
            {
                Span<T> pixels = output.Slice(to, line);
                int y = (row * shape.BlockHeight) + down - shape.Top;
                if ((uint)y >= (uint)shape.Height || first >= end)
                {
                    pixels.Fill(value);
                    continue;
                }

                pixels[..(first * channels)].Fill(value);
                pixels[(end * channels)..].Fill(value);
                int x = (first * shape.BlockWidth) + across - shape.Left;
                int from = ((((batch * shape.Height) + y) * shape.Width) + x) * channels;
                Pieces.Copy(
                    ref MemoryMarshal.GetReference(input), from, shape.BlockWidth * channels,
                    ref MemoryMarshal.GetReference(pixels), first * channels, channels, end - first, channels);
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
        int line = shape.Columns * channels;
        int from = 0;
        for (int image = 0; image < shape.Images; image++)
        {
            (int block, int batch) = Math.DivRem(image, shape.Batches);
            (int down, int across) = Math.DivRem(block, shape.BlockWidth);
            (int first, int end) = Inside(across, shape);
            for (int row = 0; row < shape.Rows; row++, from += line)
            {
                int y = (row * shape.BlockHeight) + down - shape.Top;
                if ((uint)y < (uint)shape.Height && first < end)
                {
                    int x = (first * shape.BlockWidth) + across - shape.Left;
                    int to = ((((batch * shape.Height) + y) * shape.Width) + x) * channels;
                    Pieces.Copy(
                        ref MemoryMarshal.GetReference(input), from + (first * channels), channels,
                        ref MemoryMarshal.GetReference(output), to, shape.BlockWidth * channels, end - first,
                        channels);
                }
            }
        }
    }

    /// <summary>
    /// The columns of an image in the batch that lie in the whole one: the first, and the one behind the last.
    /// </summary>
    private static (int First, int End) Inside(int across, in SpaceBatchShape shape)
    {
        // Column c is x = c · blockWidth + across − left, from 0 to the width.
        long first = Math.Max(0, (shape.Left - across + shape.BlockWidth - 1L) / shape.BlockWidth);
        long end = Math.Max(0, ((long)shape.Width + shape.Left - across + shape.BlockWidth - 1) / shape.BlockWidth);
        return ((int)Math.Min(first, shape.Columns), (int)Math.Min(end, shape.Columns));
    }
}
