using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels.Convolution;

/// <summary>
/// What weights with a zero point make too much of each window: <c>zp_w · Σ (x − zp_x)</c> over its taps and channels
/// inside of the image.
/// </summary>
internal static class WindowExcess
{
    /// <summary>Writes a number for each position of the output, which wraps where it leaves int32.</summary>
    /// <param name="input">All images.</param>
    /// <param name="g">Sizes that were checked against them.</param>
    /// <param name="inputZeroPoint">The code of real 0 in the images.</param>
    /// <param name="weightsZeroPoint">The code of real 0 in the weights.</param>
    /// <param name="excess">As many as there are positions.</param>
    public static void Write(
        ReadOnlySpan<sbyte> input, in WindowGeometry g, int inputZeroPoint, int weightsZeroPoint, Span<int> excess)
    {
        ImagePositions positions = new(g);
        for (int position = 0; positions.MoveNext(); position++)
        {
            ReadOnlySpan<sbyte> image = input.Slice(positions.Image, g.InputHeight * g.InputRow);
            int sum = Window(image, g, g.FirstRow(positions.Row), g.FirstColumn(positions.Column), inputZeroPoint);
            excess[position] = unchecked(weightsZeroPoint * sum);
        }
    }

    private static int Window(ReadOnlySpan<sbyte> image, in WindowGeometry g, int top, int left, int zeroPoint)
    {
        int sum = 0;
        int together = g.DilationWidth == 1 ? g.FilterWidth : 1;
        for (int y = 0; y < g.FilterHeight; y++, top += g.DilationHeight)
        {
            if ((uint)top >= (uint)g.InputHeight)
            {
                continue;
            }

            int column = left;
            for (int x = 0; x < g.FilterWidth; x += together, column += g.DilationWidth)
            {
                int first = Math.Max(column, 0);
                int count = Math.Min(column + together, g.InputWidth) - first;
                if (count > 0)
                {
                    int length = count * g.InputChannels;
                    ReadOnlySpan<sbyte> codes = image.Slice(
                        (top * g.InputRow) + (first * g.InputChannels), length);
                    sum = unchecked(sum + Sum(codes) - (length * zeroPoint));
                }
            }
        }

        return sum;
    }

    private static int Sum(ReadOnlySpan<sbyte> codes)
    {
        ref sbyte source = ref MemoryMarshal.GetReference(codes);
        int i = 0;
        int sum = 0;
        if (Vector128.IsHardwareAccelerated && codes.Length >= Vector128<sbyte>.Count)
        {
            Vector128<int> sums = Vector128<int>.Zero;
            for (; i <= codes.Length - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
            {
                (Vector128<short> low, Vector128<short> high) = Vector128.Widen(
                    Vector128.LoadUnsafe(ref source, (nuint)i));
                (Vector128<int> even, Vector128<int> odd) = Vector128.Widen(low + high);
                sums += even + odd;
            }

            sum = Vector128.Sum(sums);
        }

        for (; i < codes.Length; i++)
        {
            sum += codes[i];
        }

        return sum;
    }
}
