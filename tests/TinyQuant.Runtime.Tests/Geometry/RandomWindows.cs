using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>Random windows, up to a number of products that plain loops go through in a few milliseconds.</summary>
internal static class RandomWindows
{
    private const long MostProducts = 200_000;

    /// <summary>One of the three kinds below.</summary>
    public static WindowGeometry Of(GuardedSpans s, int inputChannels, int outputChannels) => s.Int(0, 2) switch
    {
        0 => Any(s, inputChannels, outputChannels),
        1 => Same(s, inputChannels, outputChannels),
        _ => Valid(s, inputChannels, outputChannels),
    };

    /// <summary>All windows inside, the last one often at the input's end: they are read where they lie.</summary>
    public static WindowGeometry Valid(GuardedSpans s, int inputChannels, int outputChannels)
    {
        while (true)
        {
            (int filterHeight, int filterWidth, int down, int across) = (
                s.Int(1, 3), s.Int(1, 4), s.Int(1, 2), s.Int(1, 3));
            (int rows, int columns) = (s.Int(1, 4), s.Int(1, 15));
            WindowGeometry g = new(
                s.Int(1, 2), ((rows - 1) * down) + filterHeight + s.Of(0, 0, 1),
                ((columns - 1) * across) + filterWidth + s.Of(0, 0, 0, 1), inputChannels,
                rows, columns, outputChannels, filterHeight, filterWidth, down, across);
            if (IsSmall(g))
            {
                return g;
            }
        }
    }

    /// <summary>Any: strides beyond the filter, columns that no window reaches, windows that lie outside.</summary>
    public static WindowGeometry Any(GuardedSpans s, int inputChannels, int outputChannels)
    {
        while (true)
        {
            (int height, int width) = (s.Int(1, 9), s.Once(3) ? s.Int(10, 40) : s.Int(1, 9));
            int outputWidth = s.Once(3) ? s.Int(7, 20) : s.Int(1, 6);
            WindowGeometry g = new(
                s.Int(1, 2), height, width, inputChannels, s.Int(1, 5), outputWidth, outputChannels, s.Int(1, 4),
                s.Int(1, 5),
                s.Int(1, 4), s.Of(1, 1, 2, 3, 4, 7), s.Int(1, 3), s.Of(1, 1, 2, 3), s.Int(0, 3), s.Int(0, 5));
            if (IsSmall(g))
            {
                return g;
            }
        }
    }

    /// <summary>As models have them: an output no larger than the input, and padding around.</summary>
    public static WindowGeometry Same(GuardedSpans s, int inputChannels, int outputChannels)
    {
        while (true)
        {
            (int height, int width) = (s.Int(1, 12), s.Int(1, 20));
            (int filterHeight, int filterWidth, int down, int across) = (
                s.Int(1, 5), s.Int(1, 5), s.Int(1, 3), s.Int(1, 3));
            (int farDown, int farAcross) = (s.Of(1, 1, 2), s.Of(1, 1, 2));
            (int rows, int top) = Positions(height, filterHeight, down, farDown);
            (int columns, int left) = Positions(width, filterWidth, across, farAcross);
            WindowGeometry g = new(
                s.Int(1, 2), height, width, inputChannels, rows, columns, outputChannels, filterHeight, filterWidth,
                down, across,
                farDown, farAcross, top, left);
            if (IsSmall(g))
            {
                return g;
            }
        }
    }

    /// <summary>Windows over the output of a transposed convolution: no dilation.</summary>
    public static WindowGeometry Transposed(GuardedSpans s, int inputChannels, int outputChannels)
    {
        while (true)
        {
            WindowGeometry g = new(
                s.Int(1, 2), s.Int(1, 6), s.Int(1, 6), inputChannels, s.Int(1, 9), s.Int(1, 9), outputChannels,
                s.Int(1, 4), s.Int(1, 4),
                s.Int(1, 4), s.Int(1, 4), 1, 1, s.Int(0, 3), s.Int(0, 3));
            if (IsSmall(g))
            {
                return g;
            }
        }
    }

    /// <summary>Windows of a pool, each of which covers something.</summary>
    public static WindowGeometry Pool(GuardedSpans s, int channels)
    {
        int[] size = [s.Int(1, 20), s.Int(1, 20)], filter = [s.Int(1, 18), s.Int(1, 18)],
            stride = [s.Int(1, 5), s.Int(1, 5)];
        int[] padding = [s.Int(0, filter[0] - 1), s.Int(0, filter[1] - 1)];
        int Most(int d) => s.Int(1, Math.Min(((size[d] + padding[d] - 1) / stride[d]) + 1, 4));
        return new(
            s.Int(1, 2), size[0], size[1], channels, Most(0), Most(1), channels, filter[0], filter[1], stride[0],
            stride[1],
            paddingTop: padding[0], paddingLeft: padding[1]);
    }

    private static bool IsSmall(WindowGeometry g) =>
        (long)g.Batches * g.OutputHeight * g.OutputRow * g.PatchLength <= MostProducts
        || (g.InputChannels * g.OutputChannels > 2_000
            && g.OutputHeight * g.OutputWidth * g.FilterHeight * g.FilterWidth <= 60);

    private static (int Count, int Before) Positions(int input, int filter, int stride, int dilation)
    {
        int count = (input + stride - 1) / stride;
        return (count, Math.Max(0, ((count - 1) * stride) + ((filter - 1) * dilation) + 1 - input) / 2);
    }
}
