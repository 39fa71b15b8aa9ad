using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Elements;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Rows;

namespace TinyQuant.Kernels;

/// <summary>The root of the mean square of what a window covers, TensorFlow Lite's L2_POOL_2D.</summary>
/// <remarks><c>L2Pool</c> of <c>tensorflow/lite/kernels/internal/reference/pooling.h</c>.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class L2Pool2D
{
    /// <summary><c>clamp(√(Σ x² / n))</c>.</summary>
    /// <param name="input">[batches, height, width, channels] real values.</param>
    /// <param name="geometry">Sizes of input, output and window.</param>
    /// <param name="min">The activation's least value; the least finite one for none.</param>
    /// <param name="max">The activation's greatest value; the greatest finite one for none.</param>
    /// <param name="output">[batches, output height, output width, channels] real values.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a window covers nothing.</exception>
    public static void Float32(
        ReadOnlySpan<float> input, in WindowGeometry geometry, float min, float max, Span<float> output)
    {
        WindowGeometry g = geometry;
        PoolWindows windows = new(g, input.Length, output.Length);
        while (windows.MoveNext())
        {
            Span<float> pixel = output.Slice(windows.Output, g.OutputChannels);
            pixel.Clear();
            for (int row = 0; row < windows.Rows; row++)
            {
                int at = windows.Input + (row * g.InputRow);
                for (int column = 0; column < windows.Columns; column++, at += g.InputChannels)
                {
                    PlaneSums.AddSquares(input.Slice(at, pixel.Length), pixel);
                }
            }

            Root(pixel, windows.Rows * windows.Columns, min, max);
        }
    }

    /// <summary>Makes sums of squares to roots of means, clamped.</summary>
    private static void Root(Span<float> sums, float count, float min, float max)
    {
        ref float first = ref MemoryMarshal.GetReference(sums);
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            Vector128<float> least = Vector128.Create(min), greatest = Vector128.Create(max);
            for (; i <= sums.Length - Vector128<float>.Count; i += Vector128<float>.Count)
            {
                Vector128<float> mean = Vector128.LoadUnsafe(ref first, (nuint)i) / Vector128.Create(count);
                ActivationClamp.Of(Vector128.Sqrt(mean), least, greatest).StoreUnsafe(ref first, (nuint)i);
            }
        }

        for (; i < sums.Length; i++)
        {
            sums[i] = ActivationClamp.Of(MathF.Sqrt(sums[i] / count), min, max);
        }
    }
}
