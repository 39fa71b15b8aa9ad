using TinyQuant.Evaluation.Tests.Fuzz;
using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>SquaredDifference against squared_difference.cc of TensorFlow Lite Micro in plain steps.</summary>
[SmallestModel("SquaredDifference x T[1,7] z T[3,1] -> y T[3,7]")]
public sealed class SquaredDifferenceTests
{
    [Theory]
    [InlineData(Rounding.Double, TensorType.Int8)]
    [InlineData(Rounding.Single, TensorType.Int8)]
    [InlineData(Rounding.Double, TensorType.Int16)]
    [InlineData(Rounding.Single, TensorType.Int16)]
    public void Codes(Rounding rounding, TensorType type)
    {
        var sheet = new OperatorSheet(seed: 1);
        foreach (((int[] left, int[] right, int[] output), int i) in BinaryShapes.Numbered())
        {
            Tensor a = sheet.Input(type, Own(), left);
            Tensor b = i % 4 == 1 ? sheet.Constant(type, Own(), right) : sheet.Input(type, Own(), right);
            Add(a, b, output);
        }

        // One constant for all: of int8 a table.
        Tensor codes = sheet.Input(type, Own(), 300);
        Tensor constant = sheet.Constant(type, Own(), 1);
        Add(codes, constant, [300]);
        Add(constant, codes, [300]);
        sheet.Check(rounding);

        Quantization Own() => type == TensorType.Int8
            ? sheet.Quantization()
            : new(sheet.Quantization(0.00001, 0.001).Scale, 0);

        void Add(Tensor a, Tensor b, int[] output)
        {
            var op = new SquaredDifference([a, b], sheet.Output(type, Own(), output));
            sheet.Add(op, x => PlainBroadcast.Run(op, x, (l, r) => Code(op, (int)l, (int)r, rounding)));
        }
    }

    [Theory]
    [InlineData(TensorType.Float32)]
    [InlineData(TensorType.Int32)]
    public void Numbers(TensorType type)
    {
        var sheet = new OperatorSheet(seed: 2);
        foreach (((int[] left, int[] right, int[] output), int i) in BinaryShapes.Numbered())
        {
            Tensor a = sheet.Input(type, null, left);
            Tensor b = i % 4 == 1 ? sheet.Constant(type, null, right) : sheet.Input(type, null, right);
            var op = new SquaredDifference([a, b], sheet.Output(type, null, output));
            sheet.Add(op, x => PlainBroadcast.Run(
                op, x, type == TensorType.Int32 ? SquareOfIntegers : SquareOfReals));
        }

        sheet.Check(Rounding.Double);
    }

    private static double SquareOfIntegers(double left, double right) =>
        unchecked(((int)left - (int)right) * ((int)left - (int)right));

    private static double SquareOfReals(double left, double right) =>
        ((float)left - (float)right) * ((float)left - (float)right);

    private static double Code(SquaredDifference op, int left, int right, Rounding rounding)
    {
        int shift = op.Output.Type == TensorType.Int8 ? 1 << 7 : 1;
        (Quantization a, Quantization b) = (op.Left.Quantization!, op.Right.Quantization!);
        Quantization y = op.Output.Quantization!;
        double twiceMax = 2.0 * Math.Max(a.Scale, b.Scale);
        int apart = FixedPoint.Multiply((left - a.ZeroPoint) * shift, a.Scale / twiceMax, rounding)
            - FixedPoint.Multiply((right - b.ZeroPoint) * shift, b.Scale / twiceMax, rounding);
        float divisor = shift * shift * y.Scale;
        double code = FixedPoint.Multiply(apart * apart, twiceMax * twiceMax / divisor, rounding) + (double)y.ZeroPoint;
        return op.Output.Type == TensorType.Int8
            ? FixedPoint.Clamp(code)
            : Math.Clamp(code, short.MinValue, short.MaxValue);
    }
}
