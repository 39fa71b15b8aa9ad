using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>Mixed images, up and down, with all flags, against the reference's loops.</summary>
public sealed class ResizeBilinearTests
{
    private static readonly (int Height, int Width)[] s_sizes = [
        (1, 1), (5, 3), (7, 11), (10, 6), (13, 4), (24, 17), (3, 1)];

    [Theory]
    [InlineData(TensorType.Int8, Rounding.Double)]
    [InlineData(TensorType.Int8, Rounding.Single)]
    [InlineData(TensorType.Int8, Rounding.FloatEven)]
    [InlineData(TensorType.Float32, Rounding.Double)]
    public void As_the_reference(TensorType type, Rounding rounding)
    {
        var sheet = new OperatorSheet(seed: 1);
        Quantization? quantization = type == TensorType.Int8 ? sheet.Quantization() : null;
        for (int i = 0; i < s_sizes.Length * 3; i++)
        {
            (int height, int width) = s_sizes[i % s_sizes.Length];
            (int batches, int channels) = (sheet.Random.Next(1, 3), sheet.Random.Next(1, 5));
            var op = new ResizeBilinear(
                sheet.Input(type, quantization, batches, sheet.Random.Next(1, 12), sheet.Random.Next(1, 12), channels),
                sheet.Output(type, quantization, batches, height, width, channels), alignCorners: i % 3 == 1,
                halfPixelCenters: i % 3 == 2);
            sheet.Add(op, inputs => PlainResize.Run(op, inputs[0], rounding));
        }

        sheet.Check(rounding, runs: 5, isExact: false);
    }
}
