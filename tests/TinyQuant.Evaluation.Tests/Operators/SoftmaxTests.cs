using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>
/// Softmax against reference/softmax.h of TensorFlow Lite in plain steps, and against the function itself.
/// </summary>
public sealed class SoftmaxTests
{
    [Theory]
    [InlineData(Rounding.Double)]
    [InlineData(Rounding.Single)]
    [InlineData(Rounding.FloatEven)]
    public void Int8(Rounding rounding)
    {
        var sheet = new OperatorSheet(seed: 1);
        foreach (TensorType type in new[] { TensorType.Int8, TensorType.Int16 })
        {
            foreach ((int[] shape, float scale, float beta) in new (int[], float, float)[]
            {
                ([1, 10], 0.09f, 1), ([3, 2], 0.02f, 1), ([2, 3, 12], 0.3f, 1), ([5, 1], 0.1f, 1), ([2, 256], 0.06f, 1),
                ([1, 300], 0.5f, 0.25f), ([40], 0.004f, 1), ([2, 17], 1.7f, 1), ([2, 17], 2.5f, 8),
                ([4, 4, 5], 0.05f, 3),
            })
            {
                var op = new Softmax(
                    sheet.Input(TensorType.Int8, new Quantization(scale, sheet.Random.Next(-128, 128)), shape),
                    sheet.Output(type, type == TensorType.Int8 ? new(1f / 256, -128) : new(1f / 65536, -32768), shape),
                    beta);
                sheet.Add(op, x => [.. x[0].Chunk(op.Depth).SelectMany(row => Codes(op, row, rounding))]);
            }
        }

        sheet.Check(rounding);
    }

    [Theory]
    [InlineData(Rounding.Double)]
    [InlineData(Rounding.Single)]
    public void Int16(Rounding rounding)
    {
        var sheet = new OperatorSheet(seed: 3);
        foreach ((int[] shape, float scale, float beta) in new (int[], float, float)[]
        {
            ([1, 10], 0.0003f, 1), ([3, 2], 0.0001f, 1), ([2, 3, 12], 0.002f, 1), ([5, 1], 0.001f, 1),
            ([1, 300], 0.0004f, 0.25f), ([40], 0.00002f, 1), ([2, 17], 0.01f, 8), ([4, 4, 5], 0.00005f, 3),
        })
        {
            var op = new Softmax(
                sheet.Input(TensorType.Int16, new(scale, 0), shape),
                sheet.Output(TensorType.Int16, new(1f / 32768, 0), shape), beta);
            sheet.Add(op, x => [.. x[0].Chunk(op.Depth).SelectMany(row =>
            {
                double[] codes = PlainSoftmaxInt16.Codes(op, row, rounding);
                double[] reals = PlainSoftmax.Reals([.. row.Select(code => code * scale)], beta);
                Assert.All(codes.Zip(reals), pair => Assert.Equal(pair.Second, pair.First / 32768, 0.002));
                return codes;
            })]);
        }

        sheet.Check(rounding);
    }

    [Fact]
    public void Float32()
    {
        var sheet = new OperatorSheet(seed: 2);
        foreach ((int[] shape, float beta) in new (int[], float)[] { ([1, 10], 1), ([3, 2, 7], 1), ([5, 1], 1),
            ([300], 0.5f), ([4, 33], 2) })
        {
            var op = new Softmax(
                sheet.Input(TensorType.Float32, null, shape), sheet.Output(TensorType.Float32, null, shape), beta);
            sheet.Add(op, x => [.. x[0].Chunk(op.Depth).SelectMany(row => PlainSoftmax.Reals(row, beta))]);
        }

        sheet.Check(Rounding.Double, isExact: false);
    }

    private static double[] Codes(Softmax op, double[] row, Rounding rounding)
    {
        double[] codes = PlainSoftmax.Codes(op, row, rounding);
        double[] reals = PlainSoftmax.Reals([.. row.Select(x => x * op.Input.Quantization!.Scale)], op.Beta);
        Quantization output = op.Output.Quantization!;
        for (int i = 0; i < codes.Length; i++)
        {
            // Single rounding caps the factor at half, beyond which a step of the input is 16 powers of e anyway.
            double real = (codes[i] - output.ZeroPoint) * output.Scale;
            Assert.True(
                Math.Abs(real - reals[i]) <= 1.0 / 128, $"the reference says {real}, the function itself {reals[i]}");
        }

        return codes;
    }
}
