using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>The scratch of a convolution, by the formula that its kernel checks (<c>ConvolutionInputs.ScratchLength</c>).</summary>
internal static class ConvolutionScratch
{
    private const int MostPositions = 6;
    private const int MostSegments = 64;
    private const int MostScratch = 4096;
    private const int Slack = 4;

    /// <summary>Bytes: none where every window may be read where it lies.</summary>
    public static long Bytes(Convolution conv)
    {
        int channels = conv.Input.Shape[3] * conv.Input.Type.SizeInBytes();
        (int height, int width) = conv.Filter;
        WindowOptions options = conv.Window;
        long window = height * (((long)width * channels + 3) / 4 * 4);
        long windows = MostPositions * window;
        if ((options.DilationWidth != 1 && width > 1) || (options.DilationHeight != 1 && height > 1) || height > MostSegments)
        {
            return windows;
        }
        int positions = Positions(conv);
        if (IsInside(conv) && width * channels % 4 == 0 && positions >= MostPositions)
        {
            return conv.Output.Shape[3] % 8 == 0 ? 0 : window;
        }
        // Rows under windows that lie far from each other would be mostly what no window reads.
        long rows = height * Pitch(channels, conv, MostPositions);
        return rows > MostScratch && rows > windows ? windows : height * Pitch(channels, conv, Strip(channels, conv, positions));
    }

    private static int Strip(int channels, Convolution conv, int positions)
    {
        int strip = MostPositions;
        while (strip < positions)
        {
            int more = Math.Min(strip + MostPositions, positions);
            if (conv.Filter.Height * Pitch(channels, conv, more) > MostScratch)
            {
                break;
            }
            strip = more;
        }
        return strip;
    }

    private static long Pitch(int channels, Convolution conv, int strip) =>
        (((strip - 1L) * conv.Window.StrideWidth) + conv.Filter.Width) * channels + Slack;

    private static bool IsInside(Convolution conv)
    {
        (int top, int left) = conv.Window.Before(conv.Input.Shape[1], conv.Input.Shape[2], conv.Filter);
        return top == 0 && left == 0
            && End(conv.Output.Shape[1], conv.Window.StrideHeight, conv.Filter.Height) <= conv.Input.Shape[1]
            && End(conv.Output.Shape[2], conv.Window.StrideWidth, conv.Filter.Width) <= conv.Input.Shape[2];
    }

    private static long End(int outputs, int stride, int taps) => ((outputs - 1L) * stride) + taps;

    // Windows of one element that skip none are one row.
    private static int Positions(Convolution conv) => conv.Filter == (1, 1) && conv.Window.StrideHeight == 1 && conv.Window.StrideWidth == 1
        ? conv.Output.ElementCount / conv.Output.Shape[3]
        : conv.Output.Shape[2];
}
