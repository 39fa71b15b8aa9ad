using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>Maximum and Minimum, which move elements and compute nothing.</summary>
public sealed class MaximumMinimumTests
{
    [Theory]
    [InlineData(TensorType.Int8)]
    [InlineData(TensorType.Float32)]
    [InlineData(TensorType.Int16)]
    [InlineData(TensorType.Int32)]
    [InlineData(TensorType.Int64)]
    public void The_larger_and_the_smaller_of_two(TensorType type)
    {
        var sheet = new OperatorSheet(seed: 1);
        foreach (((int[] left, int[] right, int[] output), int i) in BinaryShapes.Numbered())
        {
            Quantization? quantization = sheet.QuantizationOf(type);
            Tensor a = sheet.Input(type, quantization, left);
            Tensor b = i % 3 == 1 ? sheet.Constant(type, quantization, right) : sheet.Input(type, quantization, right);
            var maximum = new Maximum([a, b], sheet.Output(type, quantization, output));
            sheet.Add(maximum, x => PlainBroadcast.Run(maximum, x, Math.Max));
            var minimum = new Minimum([a, b], sheet.Output(type, quantization, output));
            sheet.Add(minimum, x => PlainBroadcast.Run(minimum, x, Math.Min));
        }

        sheet.Check(Rounding.Double);
    }
}
