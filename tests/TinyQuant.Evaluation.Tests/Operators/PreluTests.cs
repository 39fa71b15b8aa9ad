using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>Prelu against prelu_common.cc and reference/prelu.h of TensorFlow Lite Micro in plain steps.</summary>
public sealed class PreluTests
{
    private static readonly (int[] Input, int[] Alpha)[] s_shapes =
        [([1, 5, 7, 3], [1, 1, 3]), ([2, 300], [300]), ([300], [1]), ([4, 9], []), ([2, 4, 5, 6], [4, 1, 6]),
            ([3, 33], [3, 33]), ([2, 3, 2], [3, 1])];

    [Theory]
    [InlineData(Rounding.Double)]
    [InlineData(Rounding.Single)]
    [InlineData(Rounding.FloatEven)]
    public void Int8(Rounding rounding)
    {
        var sheet = new OperatorSheet(seed: 1);
        foreach ((int[] input, int[] alpha) in s_shapes.Concat(s_shapes))
        {
            var op = new Prelu(
                [sheet.Input(TensorType.Int8, sheet.Quantization(), input),
                    sheet.Constant(TensorType.Int8, sheet.Quantization(0.0005, 0.02), alpha)],
                sheet.Output(TensorType.Int8, sheet.Quantization(), input));
            sheet.Add(op, x => PlainBroadcast.Run(op, x, (l, r) => Code(op, (int)l, (int)r, rounding)));
        }

        sheet.Check(rounding);
    }

    [Theory]
    [InlineData(Rounding.Double)]
    [InlineData(Rounding.Single)]
    public void Int16_with_int8_slopes(Rounding rounding)
    {
        var sheet = new OperatorSheet(seed: 3);
        foreach ((int[] input, int[] alpha) in s_shapes)
        {
            var op = new Prelu(
                [sheet.Input(TensorType.Int16, sheet.QuantizationOf(TensorType.Int16), input),
                    sheet.Input(TensorType.Int8, sheet.Quantization(0.0005, 0.02), alpha)],
                sheet.Output(TensorType.Int16, sheet.QuantizationOf(TensorType.Int16), input));
            sheet.Add(op, x => PlainBroadcast.Run(op, x, (l, r) => Code(op, (int)l, (int)r, rounding)));
        }

        sheet.Check(rounding);
    }

    [Fact]
    public void Float32()
    {
        var sheet = new OperatorSheet(seed: 2);
        foreach ((int[] input, int[] alpha) in s_shapes)
        {
            var op = new Prelu(
                [sheet.Input(TensorType.Float32, null, input), sheet.Constant(TensorType.Float32, null, alpha)],
                sheet.Output(TensorType.Float32, null, input));
            sheet.Add(op, x => PlainBroadcast.Run(op, x, (l, r) => l >= 0 ? l : (float)(l * r)));
        }

        sheet.Check(Rounding.Double);
    }

    private static double Code(Prelu op, int x, int alpha, Rounding rounding)
    {
        Quantization input = op.Left.Quantization!;
        Quantization slope = op.Right.Quantization!;
        Quantization output = op.Output.Quantization!;
        int centred = x - input.ZeroPoint;
        double scaled = centred >= 0
            ? FixedPoint.Multiply(centred, (double)input.Scale / output.Scale, rounding)
            : FixedPoint.Multiply(
                centred * (alpha - slope.ZeroPoint), (double)input.Scale * slope.Scale / output.Scale, rounding);
        return FixedPoint.Clamp(scaled + output.ZeroPoint, op.Output.Type);
    }
}
