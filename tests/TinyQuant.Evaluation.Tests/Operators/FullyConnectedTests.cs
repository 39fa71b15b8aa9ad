using TinyQuant.Evaluation.Tests.Fuzz;
using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>
/// Dense layers of int16, and of weights that are computed or have a zero point, against fully_connected.h and
/// fully_connected_common.cc of TensorFlow Lite Micro in plain steps.
/// </summary>
[SmallestModel("FullyConnected x S[1,7] w Q[5,7]c b J[5]c -> y S[1,5]")]
public sealed class FullyConnectedTests
{
    private static readonly (int Rows, int Depth, int Outputs)[] s_shapes = [
        (1, 1, 1), (1, 16, 5), (3, 33, 70), (2, 530, 9)];

    [Theory]
    [InlineData(Rounding.Double)]
    [InlineData(Rounding.Single)]
    [InlineData(Rounding.FloatEven)]
    public void Int16(Rounding rounding)
    {
        var sheet = new OperatorSheet(seed: 1);
        foreach ((int rows, int depth, int outputs) in s_shapes)
        {
            foreach (TensorType? bias in (TensorType?[])[null, TensorType.Int32, TensorType.Int64])
            {
                foreach (bool isComputed in (bool[])[false, true])
                {
                    Tensor input = sheet.Input(
                        TensorType.Int16, new Quantization(0.001f, sheet.Random.Next(-99, 99)), rows, depth);
                    var scale = new Quantization(0.02f, sheet.Random.Next(2) == 0 ? 0 : sheet.Random.Next(-128, 128));
                    Tensor weights = isComputed
                        ? sheet.Input(TensorType.Int8, scale, outputs, depth)
                        : sheet.Constant(
                            TensorType.Int8, bias is null && outputs > 1 ? PerChannel(sheet, outputs) : scale, outputs,
                            depth);
                    var to = new Quantization(0.0004f * depth, sheet.Random.Next(-999, 999));
                    var op = new FullyConnected(
                        bias is { } type ? [input, weights, Bias(sheet, type, outputs)] : [input, weights],
                        sheet.Output(TensorType.Int16, to, rows, outputs), (Activation)sheet.Random.Next(4),
                        narrowSums: bias is null && isComputed);
                    var requantization = new PlainInt16Requantization(
                        to, op.Activation, rounding, bias == TensorType.Int64 || (bias is null && !isComputed));
                    sheet.Add(op, v => [.. Sums(op, v).Select((sum, i) =>
                        (double)requantization.Code((long)sum, Real(op, i % outputs), to.ZeroPoint))]);
                }
            }
        }

        sheet.Check(rounding);
    }

    [Theory]
    [InlineData(Rounding.Double)]
    [InlineData(Rounding.Single)]
    [InlineData(Rounding.FloatEven)]
    public void Int8_with_weights_that_are_computed_or_shifted(Rounding rounding)
    {
        var sheet = new OperatorSheet(seed: 2);
        foreach ((int rows, int depth, int outputs) in s_shapes)
        {
            foreach (bool isComputed in (bool[])[false, true])
            {
                Tensor input = sheet.Input(TensorType.Int8, sheet.Quantization(), rows, depth);
                Quantization scale = sheet.Quantization(0.001, 0.02);
                Tensor weights = isComputed
                    ? sheet.Input(TensorType.Int8, scale, outputs, depth)
                    : sheet.Constant(TensorType.Int8, scale, outputs, depth);
                var to = new Quantization(
                    input.Quantization!.Scale * scale.Scale * 100 * MathF.Sqrt(depth), sheet.Random.Next(-128, 128));
                var op = new FullyConnected(
                    isComputed ? [input, weights] : [input, weights, Bias(sheet, TensorType.Int32, outputs)],
                    sheet.Output(TensorType.Int8, to, rows, outputs), (Activation)sheet.Random.Next(4));
                var requantization = new PlainRequantization(to, op.Activation, rounding);
                sheet.Add(op, v => [.. Sums(op, v).Select((sum, i) => (double)requantization.Code(
                    unchecked((int)(long)sum), Real(op, i % outputs),
                    PlainRequantization.Scale(op.Input, op.Weights, i % outputs, op.Output)))]);
            }
        }

        sheet.Check(rounding);
    }

    private static Quantization PerChannel(OperatorSheet sheet, int outputs) => new(
        [.. Enumerable.Range(0, outputs).Select(_ => 0.001f + (sheet.Random.NextSingle() * 0.03f))],
        sheet.Random.Next(-9, 9), 0);

    // Small enough for doubles and int32.
    private static Tensor Bias(OperatorSheet sheet, TensorType type, int outputs) =>
        sheet.Integers(type, 1_000_000, outputs);

    /// <summary>A float32 product of scales per tensor, a double one per channel.</summary>
    private static double Real(FullyConnected op, int output)
    {
        float input = op.Input.Quantization!.Scale;
        Quantization weights = op.Weights.Quantization!;
        double divisor = op.Output.Quantization!.Scale;
        return weights.IsPerChannel
            ? (double)input * weights.Scales[output] / divisor
            : (float)(input * weights.Scale) / divisor;
    }

    private static IEnumerable<double> Sums(FullyConnected op, double[][] values)
    {
        int zeroPoint = op.Input.Quantization!.ZeroPoint;
        int weightsZeroPoint = op.Weights.Quantization!.IsPerChannel ? 0 : op.Weights.Quantization.ZeroPoint;
        int outputs = op.Weights.Shape[0];
        for (int i = 0; i < op.Output.ElementCount; i++)
        {
            double sum = values.Length > 2 ? values[2][i % outputs] : 0;
            for (int d = 0; d < op.Depth; d++)
            {
                sum += (values[0][(i / outputs * op.Depth) + d] - zeroPoint)
                    * (values[1][(i % outputs * op.Depth) + d] - weightsZeroPoint);
            }

            yield return sum;
        }
    }
}
