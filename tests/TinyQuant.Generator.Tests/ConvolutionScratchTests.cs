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
            Conv2D conv = Any(random, (TensorType)type);
            (int top, int left) = conv.Window.Before(conv.Input.Shape[1], conv.Input.Shape[2], conv.Filter);
            WindowGeometry geometry = new(
                1, conv.Input.Shape[1], conv.Input.Shape[2], conv.Input.Shape[3],
                conv.Output.Shape[1], conv.Output.Shape[2], conv.Output.Shape[3],
                conv.Filter.Height, conv.Filter.Width,
                conv.Window.StrideHeight, conv.Window.StrideWidth, conv.Window.DilationHeight, conv.Window.DilationWidth, top, left);
            int asked = conv.Input.Type == TensorType.Int8
                ? TinyQuant.Kernels.Conv2D.ScratchLength(geometry)
                : TinyQuant.Kernels.Conv2D.FloatScratchLength(geometry) * sizeof(float);
            Assert.Equal(asked, ConvolutionScratch.Bytes(conv));
            withScratch += asked == 0 ? 0 : 1;
        }

        Assert.InRange(withScratch, 1_000, 4_900);
    }

    private static Conv2D Any(Random random, TensorType type)
    {
        (int, int) filter = (random.Next(8) == 0 ? random.Next(60, 70) : random.Next(1, 5), random.Next(1, 4));
        WindowOptions window = new(
            random.Next(1, 3), random.Next(1, 3), random.Next(1, 3), random.Next(1, 3), random.Next(2) == 0 ? Padding.Same : Padding.Valid);
        (int height, int width) = (random.Next(130, 150), random.Next(7, 24));
        int channels = random.Next(1, 9), outputs = random.Next(1, 4) * (random.Next(2) == 0 ? 8 : 3);
        (long outputHeight, long outputWidth) = window.OutputSize(height, width, filter);
        Tensor input = new("x", type, [1, height, width, channels]);
        Tensor weights = new("w", type, [outputs, filter.Item1, filter.Item2, channels]);
        Tensor output = new("y", type, [1, (int)outputHeight, (int)outputWidth, outputs]);
        return new Conv2D([input, weights], output, window);
    }
}
