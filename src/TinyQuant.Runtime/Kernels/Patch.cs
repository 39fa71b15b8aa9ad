namespace TinyQuant.Kernels;

/// <summary>The elements under one window, in the order of its taps: a row of im2col.</summary>
internal static class Patch
{
    /// <summary>
    /// The patch of a window: the input itself where the window is one run of it, else copied to <paramref name="scratch"/>
    /// with <paramref name="padding"/> where it reaches outside.
    /// </summary>
    public static ReadOnlySpan<T> Gather<T>(
        ReadOnlySpan<T> image, in WindowGeometry g, int outputRow, int outputColumn, T padding, Span<T> scratch)
        where T : unmanaged
    {
        int top = g.FirstRow(outputRow);
        int left = g.FirstColumn(outputColumn);
        int channels = g.InputChannels;
        if (g.FilterHeight == 1 && g.FilterWidth == 1 && IsInside(top, g.InputHeight) && IsInside(left, g.InputWidth))
        {
            return image.Slice(((top * g.InputWidth) + left) * channels, channels);
        }

        Span<T> patch = scratch[..g.PatchLength];
        int rowLength = g.FilterWidth * channels;
        bool isRun = g.DilationWidth == 1 && left >= 0 && left + g.FilterWidth <= g.InputWidth;
        for (int filterRow = 0; filterRow < g.FilterHeight; filterRow++)
        {
            Span<T> taps = patch.Slice(filterRow * rowLength, rowLength);
            int row = top + (filterRow * g.DilationHeight);
            if (!IsInside(row, g.InputHeight))
            {
                taps.Fill(padding);
            }
            else if (isRun)
            {
                image.Slice(((row * g.InputWidth) + left) * channels, rowLength).CopyTo(taps);
            }
            else
            {
                GatherRow(image.Slice(row * g.InputRow, g.InputRow), g, left, padding, taps);
            }
        }

        return patch;
    }

    private static void GatherRow<T>(ReadOnlySpan<T> row, in WindowGeometry g, int left, T padding, Span<T> taps)
        where T : unmanaged
    {
        for (int filterColumn = 0; filterColumn < g.FilterWidth; filterColumn++)
        {
            int column = left + (filterColumn * g.DilationWidth);
            Span<T> tap = taps.Slice(filterColumn * g.InputChannels, g.InputChannels);
            if (IsInside(column, g.InputWidth))
            {
                row.Slice(column * g.InputChannels, g.InputChannels).CopyTo(tap);
            }
            else
            {
                tap.Fill(padding);
            }
        }
    }

    private static bool IsInside(int index, int length) => (uint)index < (uint)length;
}
