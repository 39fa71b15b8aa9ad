using System.Collections.Immutable;
using TinyQuant.Import.Tflite.Operators;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Shapes;

/// <summary>The shapes of operators that move a window over an image.</summary>
internal static class WindowRules
{
    public static ImmutableArray<int> Conv2D(OperatorSource source)
    {
        OperatorOptions options = source.Options(type: 1, fields: 7);
        ImmutableArray<int> weights = source.InputTensor(1).Shape;
        RequireImage(weights);
        return Of(source, (weights[1], weights[2]), options.HeightWidth(1, 2), options.HeightWidth(4, 5, missing: 1),
            options.Padding(0), weights[0]);
    }

    public static ImmutableArray<int> DepthwiseConv2D(OperatorSource source)
    {
        OperatorOptions options = source.Options(type: 2, fields: 7);
        ImmutableArray<int> weights = source.InputTensor(1).Shape;
        RequireImage(weights);
        return Of(source, (weights[1], weights[2]), options.HeightWidth(1, 2), options.HeightWidth(5, 6, missing: 1),
            options.Padding(0), weights[3]);
    }

    public static ImmutableArray<int> Pool(OperatorSource source)
    {
        OperatorOptions options = source.Options(type: 5, fields: 6);
        return Of(source, options.HeightWidth(3, 4), options.HeightWidth(1, 2), (1, 1), options.Padding(0),
            channels: null);
    }

    private static ImmutableArray<int> Of(
        OperatorSource source, (int Height, int Width) filter, (int Height, int Width) stride,
        (int Height, int Width) dilation, Padding padding, int? channels)
    {
        ImmutableArray<int> image = source.InputTensor(0).Shape;
        RequireImage(image);
        return [image[0], Positions(image[1], filter.Height, stride.Height, dilation.Height, padding),
            Positions(image[2], filter.Width, stride.Width, dilation.Width, padding), channels ?? image[3]];
    }

    /// <summary>ComputeOutSize of TensorFlow Lite's <c>kernels/padding.h</c>.</summary>
    private static int Positions(int size, int filter, int stride, int dilation, Padding padding)
    {
        if (stride < 1)
        {
            throw new UnsupportedException(Invariant($"it moves by {stride}; expected 1 or more"));
        }

        long window = ((filter - 1L) * dilation) + 1;
        return ShapeRules.Size(padding == Padding.Same
            ? ((long)size + stride - 1) / stride
            : (size + (long)stride - window) / stride);
    }

    private static void RequireImage(ImmutableArray<int> shape)
    {
        if (shape.Length != 4)
        {
            throw new UnsupportedException(Invariant($"it has a window over {shape.Length} dimensions; expected 4"));
        }
    }
}
