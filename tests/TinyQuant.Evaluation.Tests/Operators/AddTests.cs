using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>
/// Add and Sub against add_common.cc and integer_ops/add.h, sub_common.cc and sub.h of TensorFlow Lite Micro in their
/// types.
/// </summary>
public sealed class AddTests
{
    [Theory]
    [InlineData(Rounding.Double, false)]
    [InlineData(Rounding.Single, false)]
    [InlineData(Rounding.FloatEven, false)]
    [InlineData(Rounding.Double, true)]
    [InlineData(Rounding.Single, true)]
    public void Int8(Rounding rounding, bool subtracts)
    {
        var sheet = new OperatorSheet(seed: 1);
        foreach (((int[] left, int[] right, int[] output), int i) in BinaryShapes.Numbered())
        {
            Tensor a = i % 4 == 3
                ? sheet.Constant(TensorType.Int8, sheet.Quantization(), left)
                : sheet.Input(TensorType.Int8, sheet.Quantization(), left);
            Tensor b = i % 4 == 1
                ? sheet.Constant(TensorType.Int8, sheet.Quantization(), right)
                : sheet.Input(TensorType.Int8, sheet.Quantization(), right);
            BinaryOperator op = Create(
                a, b, sheet.Output(TensorType.Int8, sheet.Quantization(), output), (Activation)(i % 4), subtracts);
            sheet.Add(op,
                x =>
                    PlainBroadcast.Run(
                        op, x, (l, r) => Code(op, (int)l, (int)r, (Activation)(i % 4), subtracts, rounding)));
        }

        AddWithoutLinearForm(sheet, subtracts, rounding);
        // Double and float32 quotients have other answers to many pairs of codes.
        AddPairs(sheet, subtracts, rounding, new(1f / 255, 0), new(3f / 255, 0), new(4f / 255, 0));
        AddPairs(sheet, subtracts, rounding, new(19f / 255, -3), new(9f / 255, 7), new(10f / 255, -20));
        sheet.Check(rounding);
    }

    [Theory]
    [InlineData(Rounding.Double, false)]
    [InlineData(Rounding.Single, false)]
    [InlineData(Rounding.Double, true)]
    [InlineData(Rounding.Single, true)]
    public void Int16(Rounding rounding, bool subtracts)
    {
        var sheet = new OperatorSheet(seed: 4);
        foreach (((int[] left, int[] right, int[] output), int i) in BinaryShapes.Numbered())
        {
            var activation = (Activation)(i % 4);
            // The reference takes zero points of sums, and the converter has none.
            Quantization Of(int index) => i % 5 == 4
                ? new(0.01f, (index * 700) - 900)
                : sheet.QuantizationOf(TensorType.Int16)!;
            BinaryOperator op = Create(
                sheet.Input(TensorType.Int16, Of(0), left), sheet.Input(TensorType.Int16, Of(1), right),
                sheet.Output(TensorType.Int16, Of(2), output), activation, subtracts);
            sheet.Add(op,
                x => PlainBroadcast.Run(op, x, (l, r) => Code(op, (int)l, (int)r, activation, subtracts, rounding)));
        }

        sheet.Check(rounding);
    }

    /// <summary>Integers wrap around. A sum's activation is left out, as add_common.cc leaves it out.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Int32(bool subtracts)
    {
        var sheet = new OperatorSheet(seed: 5);
        foreach (((int[] left, int[] right, int[] output), int i) in BinaryShapes.Numbered())
        {
            var activation = (Activation)(i % 4);
            (float least, float greatest) = subtracts ? activation.Range() : Activation.None.Range();
            BinaryOperator op = Create(
                sheet.Input(TensorType.Int32, null, left), sheet.Input(TensorType.Int32, null, right),
                sheet.Output(TensorType.Int32, null, output), activation, subtracts);
            sheet.Add(op, x => PlainBroadcast.Run(op, x, (l, r) => Math.Clamp(
                unchecked(subtracts ? (int)l - (int)r : (int)l + (int)r), (double)least, greatest)));
        }

        sheet.Check(Rounding.Double);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Float32(bool subtracts)
    {
        var sheet = new OperatorSheet(seed: 2);
        foreach (((int[] left, int[] right, int[] output), int i) in BinaryShapes.Numbered())
        {
            var activation = (Activation)(i % 4);
            (float least, float greatest) = activation.Range();
            Tensor b = i % 4 == 1
                ? sheet.Constant(TensorType.Float32, null, right)
                : sheet.Input(TensorType.Float32, null, right);
            BinaryOperator op = Create(sheet.Input(TensorType.Float32, null, left), b,
                sheet.Output(TensorType.Float32, null, output), activation, subtracts);
            sheet.Add(op,
                x =>
                    PlainBroadcast.Run(
                        op, x, (l, r) => Math.Clamp((float)(subtracts ? l - r : l + r), least, greatest)));
        }

        sheet.Check(Rounding.Double);
    }

    [Theory]
    [InlineData(Rounding.Double)]
    [InlineData(Rounding.Single)]
    public void In_place_of_either_operand(Rounding rounding)
    {
        var sheet = new OperatorSheet(seed: 3);
        Tensor input = sheet.Input(TensorType.Int8, sheet.Quantization(), 3, 50);
        Tensor row = sheet.Constant(TensorType.Int8, sheet.Quantization(), 50);
        Tensor first = Hidden(input, row);
        Tensor second = Hidden(row, first);
        Append(second, second, sheet.Output(TensorType.Int8, sheet.Quantization(), 3, 50));
        Assert.InRange(sheet.Check(rounding), 150, 150 + 63);

        Tensor Hidden(Tensor left, Tensor right) =>
            Append(left, right, sheet.Hidden(TensorType.Int8, sheet.Quantization(), 3, 50));

        Tensor Append(Tensor left, Tensor right, Tensor output)
        {
            BinaryOperator op = Create(left, right, output, Activation.None, subtracts: false);
            sheet.Add(op,
                x => PlainBroadcast.Run(op, x, (l, r) => Code(op, (int)l, (int)r, Activation.None, false, rounding)));
            return output;
        }
    }

    /// <summary>Scales for which the compiler finds no linear form, one for each rounding: LinearSumTests.</summary>
    private static void AddWithoutLinearForm(OperatorSheet sheet, bool subtracts, Rounding rounding)
    {
        Quantization[] scales = rounding == Rounding.Single
            ? [new(0.048903026f, -57), new(0.043745566f, 50), new(0.051257983f, 46)]
            : [new(0.0219563190f, -29), new(0.0053533143f, 74), new(0.030082418f, -5)];
        AddPairs(sheet, subtracts, rounding, scales[0], scales[1], scales[2]);
    }

    private static void AddPairs(
        OperatorSheet sheet, bool subtracts, Rounding rounding, Quantization left, Quantization right,
        Quantization output)
    {
        BinaryOperator op = Create(
            sheet.Input(TensorType.Int8, left, 3, 67), sheet.Input(TensorType.Int8, right, 3, 67),
            sheet.Output(TensorType.Int8, output, 3, 67), Activation.None, subtracts);
        sheet.Add(op,
            x => PlainBroadcast.Run(op, x, (l, r) => Code(op, (int)l, (int)r, Activation.None, subtracts, rounding)));
    }

    private static BinaryOperator Create(
        Tensor left, Tensor right, Tensor output, Activation activation, bool subtracts) =>
        subtracts ? new Sub([left, right], output, activation) : new Add([left, right], output, activation);

    private static double Code(
        BinaryOperator op, int left, int right, Activation activation, bool subtracts, Rounding rounding)
    {
        Quantization a = op.Left.Quantization!;
        Quantization b = op.Right.Quantization!;
        Quantization output = op.Output.Quantization!;
        int steps = op.Output.Type == TensorType.Int16 ? 1 << 15 : 1 << 20;
        (double ofLeft, double ofRight, double ofOutput) = subtracts
            ? FloatFactors(a.Scale, b.Scale, output.Scale, steps)
            : DoubleFactors(a.Scale, b.Scale, output.Scale, steps);
        int scaledLeft = FixedPoint.Multiply((left - a.ZeroPoint) * steps, ofLeft, rounding);
        int scaledRight = FixedPoint.Multiply((right - b.ZeroPoint) * steps, ofRight, rounding);
        int sum = subtracts ? scaledLeft - scaledRight : scaledLeft + scaledRight;
        return FixedPoint.Activate(
            FixedPoint.Multiply(sum, ofOutput, rounding) + output.ZeroPoint, activation, output, op.Output.Type);
    }

    /// <summary>CalculateOpDataAdd.</summary>
    private static (double, double, double) DoubleFactors(float left, float right, float output, int steps)
    {
        double twiceMax = 2 * (double)Math.Max(left, right);
        return (left / twiceMax, right / twiceMax, twiceMax / (steps * (double)output));
    }

    /// <summary>CalculateOpDataSub.</summary>
    private static (double, double, double) FloatFactors(float left, float right, float output, int steps)
    {
        float twiceMax = 2 * Math.Max(left, right);
        float ofLeft = left / twiceMax;
        float ofRight = right / twiceMax;
        float ofOutput = twiceMax / (steps * output);
        return (ofLeft, ofRight, ofOutput);
    }
}
