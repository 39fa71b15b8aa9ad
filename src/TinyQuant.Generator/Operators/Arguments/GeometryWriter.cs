using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>The sizes of a sliding window as an argument.</summary>
internal static class GeometryWriter
{
    /// <summary>A window over an input; both images are [batches, height, width, channels].</summary>
    public static KernelArgument Write(
        Tensor input, Tensor output, (int Height, int Width) filter, WindowOptions window) =>
        Write(input, output, filter, window, window.Before(input.Shape[1], input.Shape[2], filter));

    /// <summary>A window over the output, as a transposed convolution has it.</summary>
    public static KernelArgument WriteTransposed(
        Tensor input, Tensor output, (int Height, int Width) filter, WindowOptions window) =>
        Write(input, output, filter, window, window.Before(output.Shape[1], output.Shape[2], filter));

    private static KernelArgument Write(
        Tensor input, Tensor output, (int Height, int Width) filter, WindowOptions window, (int Top, int Left) padding)
    {
        List<KernelArgument> sizes =
        [
            ("batches", input.Shape[0]),
            ("inputHeight", input.Shape[1]), ("inputWidth", input.Shape[2]), ("inputChannels", input.Shape[3]),
            ("outputHeight", output.Shape[1]), ("outputWidth", output.Shape[2]), ("outputChannels", output.Shape[3]),
            ("filterHeight", filter.Height), ("filterWidth", filter.Width),
        ];
        if ((window.StrideHeight, window.StrideWidth) != (1, 1))
        {
            sizes.AddRange([("strideHeight", window.StrideHeight), ("strideWidth", window.StrideWidth)]);
        }

        if ((window.DilationHeight, window.DilationWidth) != (1, 1))
        {
            sizes.AddRange([("dilationHeight", window.DilationHeight), ("dilationWidth", window.DilationWidth)]);
        }

        if (padding != (0, 0))
        {
            sizes.AddRange([("paddingTop", padding.Top), ("paddingLeft", padding.Left)]);
        }

        return KernelArgument.New("Kernels::WindowGeometry", [.. sizes]);
    }
}
