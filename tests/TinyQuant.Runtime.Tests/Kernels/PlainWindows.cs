using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Kernels;

/// <summary>
/// The convolutions as loops over every index, in double: exact for int8 codes less their zero point, whose sums are
/// far below 2^53, and for short fractions.
/// </summary>
internal static class PlainWindows
{
    /// <summary>weights [outputs, filter height, filter width, channels].</summary>
    public static double[] Conv2D(WindowGeometry g, double[] input, double[] weights, double[] bias)
    {
        double[] sums = Biases(g, bias);
        ForEachTap(g, (n, y, x, tap, inY, inX) =>
        {
            for (int o = 0; o < g.OutputChannels; o++)
            {
                for (int c = 0; c < g.InputChannels; c++)
                {
                    sums[OutputAt(g, n, y, x, o)] += input[InputAt(g, n, inY, inX, c)]
                        * weights[(((o * g.FilterHeight * g.FilterWidth) + tap) * g.InputChannels) + c];
                }
            }
        });
        return sums;
    }

    /// <summary>weights [filter height, filter width, output channels].</summary>
    public static double[] DepthwiseConv2D(WindowGeometry g, double[] input, double[] weights, double[] bias)
    {
        double[] sums = Biases(g, bias);
        ForEachTap(g, (n, y, x, tap, inY, inX) =>
        {
            int multiplier = g.OutputChannels / g.InputChannels;
            for (int c = 0; c < g.InputChannels; c++)
            {
                for (int k = 0; k < multiplier; k++)
                {
                    int o = (c * multiplier) + k;
                    sums[OutputAt(g, n, y, x, o)] += input[InputAt(g, n, inY, inX, c)]
                        * weights[(tap * g.OutputChannels) + o];
                }
            }
        });
        return sums;
    }

    /// <summary>Every input position is added, times the filter, to a window of the output.</summary>
    public static double[] TransposeConv(WindowGeometry g, double[] input, double[] weights, double[] bias)
    {
        double[] sums = Biases(g, bias);
        for (int n = 0; n < g.Batches; n++)
        {
            for (int inY = 0; inY < g.InputHeight; inY++)
            {
                for (int inX = 0; inX < g.InputWidth; inX++)
                {
                    for (int tap = 0; tap < g.FilterHeight * g.FilterWidth; tap++)
                    {
                        long atY = ((long)inY * g.StrideHeight) - g.PaddingTop + (tap / g.FilterWidth);
                        long atX = ((long)inX * g.StrideWidth) - g.PaddingLeft + (tap % g.FilterWidth);
                        if (atY < 0 || atY >= g.OutputHeight || atX < 0 || atX >= g.OutputWidth)
                        {
                            continue;
                        }

                        (int y, int x) = ((int)atY, (int)atX);
                        for (int o = 0; o < g.OutputChannels; o++)
                        {
                            for (int c = 0; c < g.InputChannels; c++)
                            {
                                sums[OutputAt(g, n, y, x, o)] += input[InputAt(g, n, inY, inX, c)]
                                    * weights[(((o * g.FilterHeight * g.FilterWidth) + tap) * g.InputChannels) + c];
                            }
                        }
                    }
                }
            }
        }

        return sums;
    }

    private static void ForEachTap(WindowGeometry g, Action<int, int, int, int, int, int> visit)
    {
        for (int n = 0; n < g.Batches; n++)
        {
            for (int y = 0; y < g.OutputHeight; y++)
            {
                for (int x = 0; x < g.OutputWidth; x++)
                {
                    for (int tap = 0; tap < g.FilterHeight * g.FilterWidth; tap++)
                    {
                        // In 64 bits: windows may lie anywhere.
                        long inY = ((long)y * g.StrideHeight) - g.PaddingTop
                            + ((long)(tap / g.FilterWidth) * g.DilationHeight);
                        long inX = ((long)x * g.StrideWidth) - g.PaddingLeft
                            + ((long)(tap % g.FilterWidth) * g.DilationWidth);
                        if (inY >= 0 && inY < g.InputHeight && inX >= 0 && inX < g.InputWidth)
                        {
                            visit(n, y, x, tap, (int)inY, (int)inX);
                        }
                    }
                }
            }
        }
    }

    private static double[] Biases(WindowGeometry g, double[] bias) =>
        [.. Enumerable.Range(0, g.Batches * g.OutputHeight * g.OutputWidth).SelectMany(_ => bias)];

    private static int InputAt(WindowGeometry g, int n, int y, int x, int c) =>
        (((((n * g.InputHeight) + y) * g.InputWidth) + x) * g.InputChannels) + c;

    private static int OutputAt(WindowGeometry g, int n, int y, int x, int o) =>
        (((((n * g.OutputHeight) + y) * g.OutputWidth) + x) * g.OutputChannels) + o;
}
