using System.ComponentModel;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>
/// An image, and the images that its pixels make at every block-th row and column. Pixel (r, c) of image (i, j) of the
/// batch is pixel (r · blockHeight + i − top, c · blockWidth + j − left) of the whole one.
/// </summary>
/// <param name="batches">Whole images.</param>
/// <param name="height">Rows of a whole image.</param>
/// <param name="width">Columns of a whole image.</param>
/// <param name="channels">Elements of a pixel.</param>
/// <param name="blockHeight">Rows from one to the next of an image in the batch.</param>
/// <param name="blockWidth">Columns from one to the next.</param>
/// <param name="rows">Rows of an image in the batch.</param>
/// <param name="columns">Columns of an image in the batch.</param>
/// <param name="top">Rows that lie above the whole image.</param>
/// <param name="left">Columns that lie left of it.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SpaceBatchShape(
    int batches, int height, int width, int channels, int blockHeight, int blockWidth, int rows, int columns,
    int top = 0, int left = 0)
{
    internal int Batches { get; } = batches;
    internal int Height { get; } = height;
    internal int Width { get; } = width;
    internal int Channels { get; } = channels;
    internal int BlockHeight { get; } = blockHeight;
    internal int BlockWidth { get; } = blockWidth;
    internal int Rows { get; } = rows;
    internal int Columns { get; } = columns;
    internal int Top { get; } = top;
    internal int Left { get; } = left;

    /// <summary>Images in the batch.</summary>
    internal int Images => Batches * BlockHeight * BlockWidth;

    /// <summary>Checks the sizes against each other and against two tensors.</summary>
    /// <exception cref="ArgumentException">They do not fit.</exception>
    internal void Check(int space, int batch)
    {
        bool isPositive = Batches > 0 && Height > 0 && Width > 0 && Channels > 0 && BlockHeight > 0 && BlockWidth > 0
            && Rows > 0 && Columns > 0
            && Top >= 0 && Left >= 0;
        long whole = isPositive ? Product(Product(Product(Batches, Height), Width), Channels) : -1;
        long images = isPositive
            ? Product(Product(Product(Product(Product(Batches, BlockHeight), BlockWidth), Rows), Columns), Channels)
            : -1;
        if (whole != space || images != batch)
        {
            SpanChecks.Throw(whole != space ? space : batch, whole != space ? whole : images, "tensor", "sizes");
        }

        if ((long)Top + Height > (long)Rows * BlockHeight || (long)Left + Width > (long)Columns * BlockWidth)
        {
            SpanChecks.Throw(batch, whole, "batch", "image");
        }
    }

    /// <summary>Never beyond what no span has, so that no product overflows.</summary>
    private static long Product(long a, int b) => Math.Min(a * b, 1L << 31);
}
