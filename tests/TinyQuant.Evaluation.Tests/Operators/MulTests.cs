using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>Mul against mul_common.cc and integer_ops/mul.h of TensorFlow Lite Micro in plain steps.</summary>
public sealed class MulTests
{
    [Theory]
    [InlineData(Rounding.Double)]
    [InlineData(Rounding.Single)]
    [InlineData(Rounding.FloatEven)]
    public void Int8(Rounding rounding)
    {
        var sheet = new OperatorSheet(seed: 1);
        foreach (((int[] left, int[] right, int[] output), int i) in BinaryShapes.Numbered())
        {
            // Every fifth factor is above 1, which the kernels shift to the left for.
            Quantization result = i % 5 == 4 ? sheet.Quantization(1e-6, 1e-5) : sheet.Quantization();
            Tensor a = i % 4 == 3
                ? sheet.Constant(TensorType.Int8, sheet.Quantization(), left)
                : sheet.Input(TensorType.Int8, sheet.Quantization(), left);
            Tensor b = i % 4 == 1
                ? sheet.Constant(TensorType.Int8, sheet.Quantization(), right)
                : sheet.Input(TensorType.Int8, sheet.Quantization(), right);
            var op = new Mul([a, b], sheet.Output(TensorType.Int8, result, output), (Activation)(i % 4));
            sheet.Add(op, x => PlainBroadcast.Run(op, x, (l, r) => Code(op, (int)l, (int)r, rounding)));
        }

        sheet.Check(rounding);
    }

    [Theory]
    [InlineData(Rounding.Double)]
    [InlineData(Rounding.Single)]
    public void Int16(Rounding rounding)
    {
        var sheet = new OperatorSheet(seed: 4);
        foreach (((int[] left, int[] right, int[] output), int i) in BinaryShapes.Numbered())
        {
            Quantization result = i % 5 == 4 ? new(1e-7f, 0) : sheet.QuantizationOf(TensorType.Int16)!;
            var op = new Mul(
                [sheet.Input(TensorType.Int16, sheet.QuantizationOf(TensorType.Int16), left),
                    sheet.Input(TensorType.Int16, sheet.QuantizationOf(TensorType.Int16), right)],
                sheet.Output(TensorType.Int16, result, output), (Activation)(i % 4));
            sheet.Add(op, x => PlainBroadcast.Run(op, x, (l, r) => Code(op, (int)l, (int)r, rounding)));
        }

        sheet.Check(rounding);
    }

    [Fact]
    public void Int32()
    {
        var sheet = new OperatorSheet(seed: 5);
        foreach (((int[] left, int[] right, int[] output), int i) in BinaryShapes.Numbered())
        {
            var op = new Mul(
                [sheet.Input(TensorType.Int32, null, left), sheet.Input(TensorType.Int32, null, right)],
                sheet.Output(TensorType.Int32, null, output), (Activation)(i % 4));
            (float least, float greatest) = op.Activation.Range();
            sheet.Add(op, x => PlainBroadcast.Run(op, x, (l, r) => Math.Clamp(
                unchecked((int)l * (int)r), (double)least, greatest)));
        }

        sheet.Check(Rounding.Double);
    }

    [Fact]
    public void Float32()
    {
        var sheet = new OperatorSheet(seed: 2);
        foreach (((int[] left, int[] right, int[] output), int i) in BinaryShapes.Numbered())
        {
            var op = new Mul(
                [sheet.Input(TensorType.Float32, null, left), sheet.Input(TensorType.Float32, null, right)],
                sheet.Output(TensorType.Float32, null, output), (Activation)(i % 4));
            (float least, float greatest) = op.Activation.Range();
            sheet.Add(op, x => PlainBroadcast.Run(op, x, (l, r) => Math.Clamp((float)(l * r), least, greatest)));
        }

        sheet.Check(Rounding.Double);
    }

    [Fact]
    public void In_place_of_a_tensor_times_itself()
    {
        var sheet = new OperatorSheet(seed: 3);
        Tensor hidden = Append(sheet.Input(TensorType.Int8, sheet.Quantization(), 77),
            sheet.Hidden(TensorType.Int8, sheet.Quantization(), 77));
        hidden = Append(hidden, sheet.Hidden(TensorType.Int8, sheet.Quantization(), 77));
        Append(hidden, sheet.Output(TensorType.Int8, sheet.Quantization(), 77));
        Assert.InRange(sheet.Check(Rounding.Double), 77, 77 + 63);

        Tensor Append(Tensor input, Tensor output)
        {
            var op = new Mul([input, input], output);
            sheet.Add(op, x => PlainBroadcast.Run(op, x, (l, r) => Code(op, (int)l, (int)r, Rounding.Double)));
            return output;
        }
    }

    private static double Code(Mul op, int left, int right, Rounding rounding)
    {
        Quantization a = op.Left.Quantization!;
        Quantization b = op.Right.Quantization!;
        Quantization output = op.Output.Quantization!;
        int product = (left - a.ZeroPoint) * (right - b.ZeroPoint);
        double scaled = FixedPoint.Multiply(product, (double)a.Scale * b.Scale / output.Scale, rounding);
        return FixedPoint.Activate(scaled + output.ZeroPoint, op.Activation, output, op.Output.Type);
    }
}
