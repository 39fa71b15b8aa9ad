using TinyQuant.Evaluation.Tests.Fuzz;
using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>
/// BatchMatMul against batch_matmul_common.cc and reference/batch_matmul.h of TensorFlow Lite Micro in plain steps.
/// </summary>
[SmallestModel("BatchMatMul x S[2,3,5] z S[5,7] -> y S[2,3,7] adj_x=false")]
[SmallestModel("BatchMatMul x T[2,3,5] z T[5,7] -> y T[2,3,7] adj_x=false")]
public sealed class BatchMatMulTests
{
    /// <summary>Shapes of the operands before any of them is turned.</summary>
    private static readonly (int[] X, int[] Y, int[] Output)[] s_shapes =
    [
        ([3, 5], [5, 7], [3, 7]),
        ([1, 1], [1, 1], [1, 1]),
        ([2, 3, 5], [2, 5, 70], [2, 3, 70]),
        ([4, 1, 2, 9], [3, 9, 5], [4, 3, 2, 5]),
        ([2, 6], [3, 2, 6, 4], [3, 2, 2, 4]),
    ];

    [Theory]
    [InlineData(Rounding.Double)]
    [InlineData(Rounding.Single)]
    [InlineData(Rounding.FloatEven)]
    public void Int8(Rounding rounding)
    {
        var sheet = new OperatorSheet(seed: 1);
        foreach ((int[] x, int[] y, int[] output) in s_shapes)
        {
            foreach ((bool adjX, bool adjY) in ((bool, bool)[])[
                (false, false), (true, false), (false, true), (true, true)])
            {
                // A right operand that is constant, as the weights of a layer, and one that is not.
                Tensor left = sheet.Input(TensorType.Int8, sheet.Quantization(), Turned(x, adjX));
                Tensor right = adjX
                    ? sheet.Constant(TensorType.Int8, sheet.Quantization(), Turned(y, adjY))
                    : sheet.Input(TensorType.Int8, sheet.Quantization(), Turned(y, adjY));
                var op = new BatchMatMul(
                    left, right, sheet.Output(TensorType.Int8, sheet.Quantization(), output), adjX, adjY);
                sheet.Add(op, v => Array.ConvertAll(
                    Sums(op, v, left.Quantization!.ZeroPoint, right.Quantization!.ZeroPoint),
                    sum => Code(op, (int)sum, rounding)));
            }
        }

        sheet.Check(rounding);
    }

    [Theory]
    [InlineData(Rounding.Double)]
    [InlineData(Rounding.Single)]
    [InlineData(Rounding.FloatEven)]
    public void Int16(Rounding rounding)
    {
        var sheet = new OperatorSheet(seed: 3);
        foreach ((int[] x, int[] y, int[] output) in s_shapes)
        {
            foreach ((bool adjX, bool adjY) in ((bool, bool)[])[
                (false, false), (true, false), (false, true), (true, true)])
            {
                Quantization scale = new(0.001f, 0);
                var op = new BatchMatMul(
                    sheet.Input(TensorType.Int16, scale, Turned(x, adjX)),
                    sheet.Input(TensorType.Int16, scale, Turned(y, adjY)),
                    sheet.Output(TensorType.Int16, new(0.03f, 0), output), adjX, adjY);
                var requantization = new PlainInt16Requantization(
                    op.Output.Quantization!, Activation.None, rounding, has64Bits: true);
                sheet.Add(op, v => Array.ConvertAll(Sums(op, v, 0, 0, isFloat: false), sum =>
                    (double)requantization.Code((long)sum, (double)(0.001f * 0.001f) / 0.03f, zeroPoint: 0)));
            }
        }

        sheet.Check(rounding);
    }

    [Fact]
    public void Float32()
    {
        var sheet = new OperatorSheet(seed: 2);
        foreach ((int[] x, int[] y, int[] output) in s_shapes)
        {
            foreach ((bool adjX, bool adjY) in ((bool, bool)[])[
                (false, false), (true, false), (false, true), (true, true)])
            {
                var op = new BatchMatMul(
                    sheet.Input(TensorType.Float32, null, Turned(x, adjX)),
                    sheet.Input(TensorType.Float32, null, Turned(y, adjY)),
                    sheet.Output(TensorType.Float32, null, output), adjX, adjY);
                sheet.Add(op, v => Sums(op, v, 0, 0));
            }
        }

        sheet.Check(Rounding.Double);
    }

    private static int[] Turned(int[] shape, bool turns) => turns ? [.. shape[..^2], shape[^1], shape[^2]] : shape;

    private static double Code(BatchMatMul op, int sum, Rounding rounding)
    {
        float product = op.X.Quantization!.Scale * op.Y.Quantization!.Scale;
        Quantization output = op.Output.Quantization!;
        return new PlainRequantization(output, Activation.None, rounding).Code(
            sum, (double)product / output.Scale, product / output.Scale);
    }

    /// <summary>Each sum in float32, one product after another, or exactly; of int8 codes both are one.</summary>
    private static double[] Sums(
        BatchMatMul op, double[][] operands, int zeroPointX, int zeroPointY, bool isFloat = true)
    {
        return [.. Indexes.Of(op.Output.Shape).Select(Sum)];

        double Sum(int[] at)
        {
            double sum = 0;
            for (int d = 0; d < op.Depth; d++)
            {
                double x = operands[0][Place(op.X, at, op.AdjX ? (d, at[^2]) : (at[^2], d))] - zeroPointX;
                double y = operands[1][Place(op.Y, at, op.AdjY ? (at[^1], d) : (d, at[^1]))] - zeroPointY;
                sum = isFloat ? (float)sum + (float)(x * y) : sum + (x * y);
            }

            return sum;
        }
    }

    /// <summary>The element of an operand in the matrix of a batch, whose dimensions of 1 are repeated.</summary>
    private static int Place(Tensor operand, int[] output, (int Row, int Column) at)
    {
        int place = 0;
        for (int d = 0; d < operand.Shape.Length; d++)
        {
            int fromEnd = operand.Shape.Length - d;
            int index = fromEnd == 1
                ? at.Column
                : fromEnd == 2 ? at.Row : operand.Shape[d] == 1 ? 0 : output[output.Length - fromEnd];
            place = (place * operand.Shape[d]) + index;
        }

        return place;
    }
}
