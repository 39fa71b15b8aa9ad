namespace TinyQuant.Kernels.Geometry;

/// <summary>Copies what lies under a window into one piece.</summary>
internal static class WindowPatch
{
    /// <summary>Some channels of every tap, [filter height, filter width, channels].</summary>
    /// <param name="image">One image of the input, [height, width, all channels].</param>
    /// <param name="g">Its windows.</param>
    /// <param name="row">The output's row.</param>
    /// <param name="column">The output's column.</param>
    /// <param name="first">The first channel.</param>
    /// <param name="channels">How many, at least 1.</param>
    /// <param name="padding">What stands for taps outside of the image.</param>
    /// <param name="patch">As many elements.</param>
    public static void Gather<T>(
        ReadOnlySpan<T> image, in WindowGeometry g, int row, int column, int first, int channels, T padding,
        Span<T> patch)
    {
        int tap = 0;
        for (int y = 0; y < g.FilterHeight; y++)
        {
            int inputRow = g.FirstRow(row) + (y * g.DilationHeight);
            for (int x = 0; x < g.FilterWidth; x++)
            {
                int inputColumn = g.FirstColumn(column) + (x * g.DilationWidth);
                Span<T> pixel = patch.Slice(tap++ * channels, channels);
                if (inputRow < 0 || inputRow >= g.InputHeight || inputColumn < 0 || inputColumn >= g.InputWidth)
                {
                    pixel.Fill(padding);
                }
                else
                {
                    image.Slice((((inputRow * g.InputWidth) + inputColumn) * g.InputChannels) + first, channels)
                        .CopyTo(pixel);
                }
            }
        }
    }
}
