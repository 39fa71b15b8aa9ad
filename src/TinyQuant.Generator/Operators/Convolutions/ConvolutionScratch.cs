using TinyQuant.Kernels.Convolution;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>What a convolution's kernel will ask for.</summary>
internal static class ConvolutionScratch
{
    /// <summary>Bytes of scratch: none where every window may be read where it lies.</summary>
    public static long Bytes(Convolution conv)
    {
        (WindowAxis rows, WindowAxis columns) = Axes(conv);
        int outputs = conv.Output.Shape[3];
        if (rows.IsElementwise && columns.IsElementwise)
        {
            rows = WindowAxis.OfElements(1);
            columns = WindowAxis.OfElements(conv.Output.ElementCount / outputs);
        }

        int pixelBytes = conv.Input.Shape[3] * conv.Input.Type.SizeInBytes();
        return new ConvolutionStrips(rows, columns, pixelBytes, outputs).ScratchLength;
    }

    /// <summary>Whether there is one window of one element, which runs as FullyConnected.</summary>
    public static bool IsSingle(Convolution conv)
    {
        (WindowAxis rows, WindowAxis columns) = Axes(conv);
        return conv.Input.Shape[0] == 1 && rows.IsSingle && columns.IsSingle;
    }

    private static (WindowAxis Rows, WindowAxis Columns) Axes(Convolution conv)
    {
        WindowOptions window = conv.Window;
        (int top, int left) = window.Before(conv.Input.Shape[1], conv.Input.Shape[2], conv.Filter);
        return (
            new WindowAxis(
                conv.Input.Shape[1], conv.Output.Shape[1], conv.Filter.Height, window.StrideHeight,
                window.DilationHeight, top),
            new WindowAxis(
                conv.Input.Shape[2], conv.Output.Shape[2], conv.Filter.Width, window.StrideWidth, window.DilationWidth,
                left));
    }
}
