using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>L2Normalization against the reference in plain steps, and against the function itself.</summary>
public sealed class L2NormalizationTests
{
    private static readonly int[][] s_shapes = [
        [1, 10], [3, 2], [2, 3, 12], [5, 1], [1, 300], [40], [2, 2, 2, 64], [4000]];

    [Theory]
    [InlineData(Rounding.Double)]
    [InlineData(Rounding.Single)]
    [InlineData(Rounding.FloatEven)]
    public void Int8(Rounding rounding)
    {
        var sheet = new OperatorSheet(seed: 1);
        foreach (int[] shape in s_shapes)
        {
            var op = new L2Normalization(
                sheet.Input(TensorType.Int8, sheet.Quantization(), shape),
                sheet.Output(TensorType.Int8, new Quantization(1f / 128, 0), shape));
            sheet.Add(op, x => [.. x[0].Chunk(op.Depth).SelectMany(row => Codes(op, row, rounding))]);
        }

        sheet.Check(rounding);
    }

    [Fact]
    public void Float32()
    {
        var sheet = new OperatorSheet(seed: 2);
        foreach (int[] shape in s_shapes)
        {
            var op = new L2Normalization(
                sheet.Input(TensorType.Float32, null, shape), sheet.Output(TensorType.Float32, null, shape));
            sheet.Add(op, x => [.. x[0].Chunk(op.Depth).SelectMany(PlainL2Normalization.Reals)]);
        }

        sheet.Check(Rounding.Double, isExact: false);
    }

    private static double[] Codes(L2Normalization op, double[] row, Rounding rounding)
    {
        double[] codes = PlainL2Normalization.Codes(op, row, rounding);
        double[] reals = PlainL2Normalization.Reals(Array.ConvertAll(row, x => x - op.Input.Quantization!.ZeroPoint));
        Assert.All(codes.Zip(reals),
            p => Assert.InRange(p.First, Math.Min(p.Second * 128, 127) - 1, (p.Second * 128) + 1));
        return codes;
    }
}
