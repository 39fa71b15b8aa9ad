using TinyQuant.Model;
using WindowGeometry = TinyQuant.Kernels.WindowGeometry;

namespace TinyQuant.Generator.Tests;

/// <summary>The plan counts the scratch that the kernels ask for, to the byte.</summary>
public class ConvolutionScratchTests
{
    [Theory]
    [InlineData(TensorType.Int8)]
    [InlineData(TensorType.Float32)]
    public void Is_what_the_kernel_asks_for(object type)
    {
        Random random = new(1);
        int withScratch = 0;
        for (int i = 0; i < 5_000; i++)
        {
            withScratch += AssertIsWhatTheKernelAsksFor(Any(random, (TensorType)type)) == 0 ? 0 : 1;
        }

        Assert.InRange(withScratch, 1_000, 4_900);
    }

    /// <summary>
    /// Windows that lie far from each other: rows under them would be 2 GB and more of what none of them reads.
    /// </summary>
    [Theory]
    [InlineData(1, 64, 1, 104, 64, 1)]
    [InlineData(1, 64, 200_000, 1, 64, 1)]
    [InlineData(1, 1, 400_000, 104, 1, 3)]
    [InlineData(1, 200, 200_000, 1, 65, 1)]
    public void A_large_stride_asks_for_a_few_windows(
        int batches, int height, int width, int channels, int filterHeight, int filterWidth)
    {
        WindowOptions options = new(65_536, 65_536, Padding: Padding.Same);
        (long rows, long columns) = options.OutputSize(height, width, (filterHeight, filterWidth));
        foreach (TensorType type in (ReadOnlySpan<TensorType>)[TensorType.Int8, TensorType.Float32])
        {
            Tensor input = new("x", type, [batches, height, width, channels]);
            Tensor weights = new("w", type, [8, filterHeight, filterWidth, channels]);
            Conv2D conv = new([input, weights], new("y", type, [batches, (int)rows, (int)columns, 8]), options);
            Assert.InRange(ConvolutionScratch.Bytes(conv), 0,
                6 * filterHeight * (((filterWidth * channels * type.SizeInBytes()) + 3) & ~3));
            AssertIsWhatTheKernelAsksFor(conv);
        }
    }

    private static int AssertIsWhatTheKernelAsksFor(Conv2D conv)
    {
        (int top, int left) = conv.Window.Before(conv.Input.Shape[1], conv.Input.Shape[2], conv.Filter);
        WindowGeometry geometry = new(
            1, conv.Input.Shape[1], conv.Input.Shape[2], conv.Input.Shape[3],
            conv.Output.Shape[1], conv.Output.Shape[2], conv.Output.Shape[3],
            conv.Filter.Height, conv.Filter.Width,
            conv.Window.StrideHeight, conv.Window.StrideWidth, conv.Window.DilationHeight, conv.Window.DilationWidth,
            top, left);
        int asked = conv.Input.Type == TensorType.Int8
            ? TinyQuant.Kernels.Conv2D.ScratchLength(geometry)
            : TinyQuant.Kernels.Conv2D.FloatScratchLength(geometry) * sizeof(float);
        Assert.Equal(asked, ConvolutionScratch.Bytes(conv));
        return asked;
    }

    private static Conv2D Any(Random random, TensorType type)
    {
        (int, int) filter = (random.Next(8) == 0 ? random.Next(60, 70) : random.Next(1, 5), random.Next(1, 4));
        WindowOptions window = new(
            random.Next(1, 3), random.Next(8) == 0 ? random.Next(3, 40) : random.Next(1, 3), random.Next(1, 3),
            random.Next(1, 3), random.Next(2) == 0 ? Padding.Same : Padding.Valid);
        (int height, int width) = (random.Next(140, 160), random.Next(7, 24));
        int channels = random.Next(4) == 0 ? random.Next(60, 300) : random.Next(1, 9),
            outputs = random.Next(1, 4) * (random.Next(2) == 0 ? 8 : 3);
        (long outputHeight, long outputWidth) = window.OutputSize(height, width, filter);
        Tensor input = new("x", type, [1, height, width, channels]);
        Tensor weights = new("w", type, [outputs, filter.Item1, filter.Item2, channels]);
        Tensor output = new("y", type, [1, (int)outputHeight, (int)outputWidth, outputs]);
        return new Conv2D([input, weights], output, window);
    }
}
