using TinyQuant.Evaluation.Tests.Fuzz;
using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>AveragePool2D, L2Pool2D and MaxPool2D against the definition, windows over the borders included.</summary>
[SmallestModel("L2Pool2D x F[1,6,7,3] -> y F[1,5,6,3] filter=2,2 stride=1,1")]
public sealed class PoolingTests
{
    [Theory]
    [InlineData(TensorType.Int8, nameof(AveragePool2D))]
    [InlineData(TensorType.Int8, nameof(MaxPool2D))]
    [InlineData(TensorType.Int16, nameof(AveragePool2D))]
    [InlineData(TensorType.Int16, nameof(MaxPool2D))]
    [InlineData(TensorType.Float32, nameof(AveragePool2D))]
    [InlineData(TensorType.Float32, nameof(MaxPool2D))]
    [InlineData(TensorType.Float32, nameof(L2Pool2D))]
    public void Random_windows(TensorType type, string kind)
    {
        var sheet = new OperatorSheet(seed: 1);
        int[] channels = [1, 3, 8, 17, 32, 70, 131];
        for (int i = 0; i < 42; i++)
        {
            (int Height, int Width) filter = (sheet.Random.Next(1, 5), sheet.Random.Next(1, 5));
            int[] shape = [sheet.Random.Next(1, 3), sheet.Random.Next(filter.Height, 9),
                sheet.Random.Next(filter.Width, 9), channels[i % channels.Length]];
            var window = new WindowOptions(
                sheet.Random.Next(1, 4), sheet.Random.Next(1, 4), Padding: (Padding)(i % 2),
                Activation: (Activation)(i / 2 % 4));
            Add(sheet, type, kind, shape, filter, window);
        }
        // A window of the whole image, and one that is larger.
        Add(sheet, type, kind, [1, 25, 13, 20], (25, 13), new WindowOptions());
        Add(sheet, type, kind, [1, 2, 3, 5], (7, 8), new WindowOptions(Padding: Padding.Same));
        sheet.Check(Rounding.Double, runs: 5);
    }

    private static void Add(OperatorSheet sheet, TensorType type, string kind, int[] shape,
        (int Height, int Width) filter, WindowOptions window)
    {
        Quantization? quantization = sheet.QuantizationOf(type);
        Tensor input = sheet.Input(type, quantization, shape);
        Tensor output = sheet.Output(type, quantization, shape[0],
            Positions(shape[1], filter.Height, window.StrideHeight, window.Padding),
            Positions(shape[2], filter.Width, window.StrideWidth, window.Padding), shape[3]);
        Pooling op = kind switch
        {
            nameof(MaxPool2D) => new MaxPool2D(input, output, filter, window),
            nameof(L2Pool2D) => new L2Pool2D(input, output, filter, window),
            _ => new AveragePool2D(input, output, filter, window),
        };
        sheet.Add(op, inputs => PlainPooling.Run(op, inputs[0]));
    }

    private static int Positions(int size, int filter, int stride, Padding padding) =>
        (int)Math.Ceiling((padding == Padding.Same ? size : size - filter + 1) / (double)stride);
}
