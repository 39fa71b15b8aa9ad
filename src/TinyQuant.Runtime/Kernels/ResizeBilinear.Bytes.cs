using TinyQuant.Kernels.Resizing;

namespace TinyQuant.Kernels;

public static partial class ResizeBilinear
{
    /// <summary>
    /// int8 codes, which keep their scale and zero point, mixed as bytes of uint8 are: in float32, each product and sum
    /// rounded, the sum plus a half cut off.
    /// </summary>
    /// <remarks>
    /// <c>ResizeBilinear</c> of <c>tensorflow/lite/kernels/internal/reference/resize_bilinear.h</c> for uint8, all
    /// codes less 128.
    /// </remarks>
    /// <param name="input">[batches, height, width, channels].</param>
    /// <param name="height">The input's rows.</param>
    /// <param name="width">The input's columns.</param>
    /// <param name="channels">Elements of a pixel.</param>
    /// <param name="rows">For each row of the output the two of the input that it lies between.</param>
    /// <param name="rowParts">How far it lies from the first of them.</param>
    /// <param name="columns">The same of columns.</param>
    /// <param name="columnParts">The same of columns.</param>
    /// <param name="output">[batches, rows, columns, channels]; apart from the input.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a row or column is not in the
    /// input.</exception>
    public static void Bytes(
        ReadOnlySpan<sbyte> input, int height, int width, int channels, ReadOnlySpan<int> rows,
        ReadOnlySpan<float> rowParts, ReadOnlySpan<int> columns, ReadOnlySpan<float> columnParts, Span<sbyte> output) =>
        ResizedImages.Mix<sbyte, float, BytePixelMixer>(
            input, height, width, channels, rows, rowParts, columns, columnParts, output);
}
