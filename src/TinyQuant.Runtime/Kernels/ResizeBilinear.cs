using System.ComponentModel;
using TinyQuant.Kernels.Resizing;

namespace TinyQuant.Kernels;

/// <summary>Images of another height and width, each pixel mixed of four: TensorFlow Lite's RESIZE_BILINEAR.</summary>
/// <remarks>
/// <c>tensorflow/lite/kernels/internal/reference/resize_bilinear.h</c>: <c>ResizeBilinearInteger</c> for int8, and
/// <c>ResizeBilinear</c> for float32. Which rows and columns are mixed, and how, is worked out by the compiler.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class ResizeBilinear
{
    /// <summary>int8 codes, which keep their scale and zero point.</summary>
    /// <param name="input">[batches, height, width, channels].</param>
    /// <param name="height">The input's rows.</param>
    /// <param name="width">The input's columns.</param>
    /// <param name="channels">Elements of a pixel.</param>
    /// <param name="rows">For each row of the output the two of the input that it lies between.</param>
    /// <param name="rowSteps">How far it lies from the first of them, in 1/1024; from -512 to 1023.</param>
    /// <param name="columns">The same of columns.</param>
    /// <param name="columnSteps">The same of columns.</param>
    /// <param name="output">[batches, rows, columns, channels]; apart from the input.</param>
    /// <typeparam name="TRounding">The rounding of the last step.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a row or column is not in the
    /// input.</exception>
    public static void Run<TRounding>(
        ReadOnlySpan<sbyte> input, int height, int width, int channels, ReadOnlySpan<int> rows,
        ReadOnlySpan<int> rowSteps, ReadOnlySpan<int> columns, ReadOnlySpan<int> columnSteps, Span<sbyte> output)
        where TRounding : struct, IFixedPointRounding =>
        ResizedImages.Mix<sbyte, int, Int8PixelMixer<TRounding>>(
            input, height, width, channels, rows, rowSteps, columns, columnSteps, output);

    /// <summary>float32, each product and sum rounded.</summary>
    /// <inheritdoc cref="Run{TRounding}"/>
    /// <param name="input">[batches, height, width, channels].</param>
    /// <param name="height">The input's rows.</param>
    /// <param name="width">The input's columns.</param>
    /// <param name="channels">Elements of a pixel.</param>
    /// <param name="rows">For each row of the output the two of the input that it lies between.</param>
    /// <param name="rowParts">How far it lies from the first of them.</param>
    /// <param name="columns">The same of columns.</param>
    /// <param name="columnParts">The same of columns.</param>
    /// <param name="output">[batches, rows, columns, channels]; apart from the input.</param>
    public static void Run(
        ReadOnlySpan<float> input, int height, int width, int channels, ReadOnlySpan<int> rows,
        ReadOnlySpan<float> rowParts, ReadOnlySpan<int> columns, ReadOnlySpan<float> columnParts, Span<float> output) =>
        ResizedImages.Mix<float, float, Float32PixelMixer>(
            input, height, width, channels, rows, rowParts, columns, columnParts, output);
}
