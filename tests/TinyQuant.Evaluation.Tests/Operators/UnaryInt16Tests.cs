using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>Functions of one int16 code, and Rsqrt, which is odd at 0 in int8 too.</summary>
public sealed class UnaryInt16Tests
{
    private const int Length = 700;

    [Theory]
    [InlineData(Rounding.Double)]
    [InlineData(Rounding.Single)]
    [InlineData(Rounding.FloatEven)]
    public void Int16(Rounding rounding)
    {
        var sheet = new OperatorSheet(seed: 1);
        Quantization fixedOutput = new(1f / 32768, 0);
        for (int i = 0; i < 5; i++)
        {
            Quantization input = sheet.QuantizationOf(TensorType.Int16)!;
            Quantization output = sheet.QuantizationOf(TensorType.Int16)!;
            Quantization zero = new(input.Scale, sheet.Random.Next(-900, 900));
            float alpha = sheet.Random.NextSingle();
            Add(sheet, rounding, input, output, (x, y) => new Relu(x, y));
            Add(sheet, rounding, input, output, (x, y) => new Abs(x, y));
            Add(sheet, rounding, input, input, (x, y) => new Abs(x, y));
            Add(sheet, rounding, input, output, (x, y) => new Rsqrt(x, y));
            Add(sheet, rounding, zero, zero, (x, y) => new Relu6(x, y));
            Add(sheet, rounding, zero, output, (x, y) => new LeakyRelu(x, y, alpha));
            Add(sheet, rounding, zero, output, (x, y) => new LeakyRelu(x, y, -alpha));
            Add(sheet, rounding, input, fixedOutput, (x, y) => new Logistic(x, y));
            Add(sheet, rounding, input, fixedOutput, (x, y) => new Tanh(x, y));
        }

        // Halves, factors above those that vectors take, and scales that are powers of two but for rounding.
        Add(sheet, rounding, new(0.5f, 3), new(1, 0), (x, y) => new LeakyRelu(x, y, 0.5f));
        Add(sheet, rounding, new(0.5f, 3), new(1, 0), (x, y) => new LeakyRelu(x, y, -0.5f));
        Add(sheet, rounding, new(1, 0), new(1e-5f, 0), (x, y) => new Relu(x, y));
        foreach (float scale in new[] { 1f / 4096, 1.0003f / 4096, 1f / 2048, 1f / 1024, 3f, 1e-6f })
        {
            Add(sheet, rounding, new(scale, 0), fixedOutput, (x, y) => new Logistic(x, y));
            Add(sheet, rounding, new(scale, 0), fixedOutput, (x, y) => new Tanh(x, y));
        }

        Add(sheet, rounding, null, null, (x, y) => new Abs(x, y));
        sheet.Check(rounding, runs: 4);
    }

    [Theory]
    [InlineData(Rounding.Double)]
    [InlineData(Rounding.Single)]
    public void Roots_of_int8(Rounding rounding)
    {
        var sheet = new OperatorSheet(seed: 2);
        for (int i = 0; i < 12; i++)
        {
            Rsqrt op = new(
                sheet.Input(TensorType.Int8, sheet.Quantization(), 256),
                sheet.Output(TensorType.Int8, sheet.Quantization(), 256));
            int zeroPoint = op.Input.Quantization!.ZeroPoint;
            sheet.Add(op, x => Array.ConvertAll(x[0], code =>
                FixedPoint.Clamp(PlainUnaryInt16.Root(op, (int)code - zeroPoint, sbyte.MaxValue, rounding))));
        }

        sheet.Check(rounding, runs: 2);
    }

    private static void Add(
        OperatorSheet sheet, Rounding rounding, Quantization? input, Quantization? output,
        Func<Tensor, Tensor, UnaryOperator> create)
    {
        UnaryOperator op = create(
            sheet.Input(TensorType.Int16, input, Length), sheet.Output(TensorType.Int16, output, Length));
        sheet.Add(op, x => Array.ConvertAll(x[0], code => PlainUnaryInt16.Code(op, (int)code, rounding)));
    }
}
