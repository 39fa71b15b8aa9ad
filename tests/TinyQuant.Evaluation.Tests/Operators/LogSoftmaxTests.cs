using TinyQuant.Evaluation.Tests.Fuzz;
using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>
/// LogSoftmax against reference/log_softmax.h of TensorFlow Lite in plain steps, and against the function itself.
/// </summary>
[SmallestModel("LogSoftmax x T[1,7] -> y T[1,7]*0.0625,127")]
public sealed class LogSoftmaxTests
{
    [Theory]
    [InlineData(Rounding.Double)]
    [InlineData(Rounding.Single)]
    public void Int8(Rounding rounding)
    {
        var sheet = new OperatorSheet(seed: 1);
        foreach ((int[] shape, float scale) in new[]
        {
            (new[] { 1, 10 }, 0.09f), ([3, 2], 0.02f), ([2, 3, 12], 0.3f), ([5, 1], 0.1f), ([2, 256], 0.06f),
            ([1, 300], 0.5f), ([40], 0.004f), ([2, 17], 1.7f), ([2, 17], 20f),
        })
        {
            var op = new LogSoftmax(
                sheet.Input(TensorType.Int8, new(scale, sheet.Random.Next(-128, 128)), shape),
                sheet.Output(TensorType.Int8, new(1f / 16, 127), shape));
            sheet.Add(op, x => [.. x[0].Chunk(op.Depth).SelectMany(row => Codes(row, scale, rounding))]);
        }

        sheet.Check(rounding);
    }

    [Fact]
    public void Float32()
    {
        var sheet = new OperatorSheet(seed: 2);
        foreach (int[] shape in new int[][] { [1, 10], [3, 2, 7], [5, 1], [300], [4, 33] })
        {
            var op = new LogSoftmax(
                sheet.Input(TensorType.Float32, null, shape), sheet.Output(TensorType.Float32, null, shape));
            sheet.Add(op, x => [.. x[0].Chunk(op.Depth).SelectMany(PlainLogSoftmax.Reals)]);
        }

        sheet.Check(Rounding.Double, isExact: false);
    }

    private static double[] Codes(double[] row, float scale, Rounding rounding)
    {
        double[] codes = PlainLogSoftmax.Codes(row, scale, rounding);
        double[] reals = PlainLogSoftmax.Reals([.. row.Select(x => x * scale)]);
        for (int i = 0; i < codes.Length && scale < 1; i++) // single rounding caps the factor of larger ones
        {
            double ideal = FixedPoint.Clamp((reals[i] * 16) + 127);
            Assert.True(
                Math.Abs(codes[i] - ideal) <= 0.7, $"the reference says {codes[i]}, the function itself {ideal}");
        }

        return codes;
    }
}
