using TinyQuant.Model;

namespace TinyQuant.Export.Onnx;

/// <summary>Padding in numbers.</summary>
internal static class Pads
{
    /// <summary>Rows above, columns left, rows below and columns right of an image that its windows cover.</summary>
    public static int[] Of(Tensor input, Tensor output, (int Height, int Width) filter, WindowOptions window)
    {
        if (window.Padding == Padding.Valid)
        {
            return [0, 0, 0, 0];
        }

        int height = Total(input.Shape[1], output.Shape[1], filter.Height, window.StrideHeight, window.DilationHeight);
        int width = Total(input.Shape[2], output.Shape[2], filter.Width, window.StrideWidth, window.DilationWidth);
        // TensorFlow Lite: the odd one comes last
        return [height / 2, width / 2, height - (height / 2), width - (width / 2)];
    }

    private static int Total(int input, int output, int filter, int stride, int dilation) =>
        Math.Max(0, ((output - 1) * stride) + ((filter - 1) * dilation) + 1 - input);
}
