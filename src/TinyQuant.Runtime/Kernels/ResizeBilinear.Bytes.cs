namespace TinyQuant.Kernels;

public static partial class ResizeBilinear
{
    private const int ByteOffset = 128;

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
        ReadOnlySpan<float> rowParts, ReadOnlySpan<int> columns, ReadOnlySpan<float> columnParts, Span<sbyte> output)
    {
        int image = Check(
            input.Length, height, width, channels, rows, rowParts.Length, columns, columnParts.Length, output.Length);
        int to = 0;
        for (int from = 0; from < input.Length; from += image)
        {
            for (int y = 0; y < rowParts.Length; y++)
            {
                ReadOnlySpan<sbyte> upper = input.Slice(from + (rows[2 * y] * width * channels), width * channels);
                ReadOnlySpan<sbyte> lower = input.Slice(
                    from + (rows[(2 * y) + 1] * width * channels), width * channels);
                float down = rowParts[y];
                for (int x = 0; x < columnParts.Length; x++, to += channels)
                {
                    int left = columns[2 * x] * channels;
                    int right = columns[(2 * x) + 1] * channels;
                    float across = columnParts[x];
                    Span<sbyte> pixel = output.Slice(to, channels);
                    for (int c = 0; c < pixel.Length; c++)
                    {
                        float sum = (Byte(upper[left + c]) * (1 - down) * (1 - across))
                            + (Byte(lower[left + c]) * down * (1 - across))
                            + (Byte(upper[right + c]) * (1 - down) * across)
                            + (Byte(lower[right + c]) * down * across);
                        pixel[c] = (sbyte)((int)Math.Clamp(sum + 0.5f, 0f, 255f) - ByteOffset);
                    }
                }
            }
        }
    }

    private static float Byte(sbyte code) => code + ByteOffset;
}
