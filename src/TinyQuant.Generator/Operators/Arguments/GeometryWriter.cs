using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>The C# of a sliding window's sizes.</summary>
internal static class GeometryWriter
{
    /// <summary>A window over an input; both images are [batches, height, width, channels].</summary>
    public static string Write(Tensor input, Tensor output, (int Height, int Width) filter, WindowOptions window) =>
        Write(input, output, filter, window, window.Before(input.Shape[1], input.Shape[2], filter));

    /// <summary>A window over the output, as a transposed convolution has it.</summary>
    public static string WriteTransposed(Tensor input, Tensor output, (int Height, int Width) filter, WindowOptions window) =>
        Write(input, output, filter, window, window.Before(output.Shape[1], output.Shape[2], filter));

    private static string Write(Tensor input, Tensor output, (int Height, int Width) filter, WindowOptions window, (int Top, int Left) padding)
    {
        List<string> sizes =
        [
            Invariant($"batches: {input.Shape[0]}"),
            Invariant($"inputHeight: {input.Shape[1]}, inputWidth: {input.Shape[2]}, inputChannels: {input.Shape[3]}"),
            Invariant($"outputHeight: {output.Shape[1]}, outputWidth: {output.Shape[2]}, outputChannels: {output.Shape[3]}"),
            Invariant($"filterHeight: {filter.Height}, filterWidth: {filter.Width}"),
        ];
        if ((window.StrideHeight, window.StrideWidth) != (1, 1))
        {
            sizes.Add(Invariant($"strideHeight: {window.StrideHeight}, strideWidth: {window.StrideWidth}"));
        }
        if ((window.DilationHeight, window.DilationWidth) != (1, 1))
        {
            sizes.Add(Invariant($"dilationHeight: {window.DilationHeight}, dilationWidth: {window.DilationWidth}"));
        }
        if (padding != (0, 0))
        {
            sizes.Add(Invariant($"paddingTop: {padding.Top}, paddingLeft: {padding.Left}"));
        }
        return $"new Kernels::WindowGeometry({string.Join(", ", sizes)})";
    }
}
