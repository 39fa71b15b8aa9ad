using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>The scratch of a convolution, by the formula that its kernel checks (<c>ConvolutionInputs.ScratchLength</c>).</summary>
internal static class ConvolutionScratch
{
    private const int MostPositions = 6;
    private const int MostSegments = 64;
    private const int Slack = 4;

    /// <summary>Bytes: none where every window lies inside and may be read where it lies.</summary>
    public static int Bytes(Convolution conv)
    {
        int channels = conv.Input.Shape[3] * conv.Input.Type.SizeInBytes();
        (int height, int width) = conv.Filter;
        WindowOptions window = conv.Window;
        int segment = (width * channels + 3) / 4 * 4;
        if ((window.DilationWidth != 1 && width > 1) || height > MostSegments)
        {
            return checked(MostPositions * height * segment);
        }
        int pitch = checked((((MostPositions - 1) * window.StrideWidth) + width) * channels + Slack);
        return IsInside(conv) && width * channels % 4 == 0 && Positions(conv) >= MostPositions && conv.Output.Shape[3] % 8 == 0
            ? 0
            : checked((height + 1) * pitch);
    }

    private static bool IsInside(Convolution conv)
    {
        (int top, int left) = conv.Window.Before(conv.Input.Shape[1], conv.Input.Shape[2], conv.Filter);
        return top == 0 && left == 0
            && End(conv.Output.Shape[1], conv.Window.StrideHeight, conv.Filter.Height, conv.Window.DilationHeight) <= conv.Input.Shape[1]
            && End(conv.Output.Shape[2], conv.Window.StrideWidth, conv.Filter.Width, 1) <= conv.Input.Shape[2];
    }

    private static int End(int outputs, int stride, int taps, int dilation) => ((outputs - 1) * stride) + ((taps - 1) * dilation) + 1;

    // Windows of one element that skip none are one row.
    private static int Positions(Convolution conv) => conv.Filter == (1, 1) && conv.Window.StrideHeight == 1 && conv.Window.StrideWidth == 1
        ? conv.Output.ElementCount / conv.Output.Shape[3]
        : conv.Output.Shape[2];
}
