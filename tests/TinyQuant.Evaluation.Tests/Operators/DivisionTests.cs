using TinyQuant.Evaluation.Tests.Fuzz;
using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>
/// Div, FloorDiv and FloorMod against reference/div.h, floor_div.h and floor_mod.h of TensorFlow Lite in plain steps,
/// and what is answered where these have no answer: to division by 0.
/// </summary>
[SmallestModel("Div x T[1,7] z T[3,1] -> y T[3,7] activation=relu")]
[SmallestModel("Div x I[1,7] z I[1,7] -> y I[1,7]")]
[SmallestModel("FloorDiv x F[1,7] z F[1,7] -> y F[1,7]")]
[SmallestModel("FloorMod x F[1,7] z F[3,1] -> y F[3,7]")]
public sealed class DivisionTests
{
    private const int MostBits = 31;

    [Theory]
    [InlineData(Rounding.Double)]
    [InlineData(Rounding.Single)]
    public void Int8(Rounding rounding)
    {
        var sheet = new OperatorSheet(seed: 1);
        foreach (((int[] left, int[] right, int[] output), int i) in BinaryShapes.Numbered())
        {
            Tensor a = sheet.Input(TensorType.Int8, sheet.Quantization(), left);
            Tensor b = i % 4 == 1
                ? sheet.Constant(TensorType.Int8, sheet.Quantization(), right)
                : sheet.Input(TensorType.Int8, sheet.Quantization(), right);
            Add(a, b, output, (Activation)(i % 4));
        }

        // One constant for all, dividend or divisor: a table.
        Tensor codes = sheet.Input(TensorType.Int8, new(0.25f, -3), 300);
        Tensor constant = sheet.Constant(TensorType.Int8, new Quantization(0.125f, 5), 1);
        Add(codes, constant, [300], Activation.None);
        Add(constant, codes, [300], Activation.Relu);
        sheet.Check(rounding);

        void Add(Tensor a, Tensor b, int[] output, Activation activation)
        {
            var op = new Div([a, b], sheet.Output(TensorType.Int8, sheet.Quantization(), output), activation);
            sheet.Add(op, x => PlainBroadcast.Run(op, x, (l, r) => Code(op, (int)l, (int)r)));
        }
    }

    [Fact]
    public void Int32()
    {
        var sheet = new OperatorSheet(seed: 2);
        foreach (((int[] left, int[] right, int[] output), int i) in BinaryShapes.Numbered())
        {
            var activation = (Activation)(i % 4);
            (float least, float greatest) = activation.Range();
            var op = new Div(
                [sheet.Input(TensorType.Int32, null, left), sheet.Input(TensorType.Int32, null, right)],
                sheet.Output(TensorType.Int32, null, output), activation);
            sheet.Add(op, x => PlainBroadcast.Run(op, x, (l, r) => Math.Clamp(
                l == 0 ? 0 : Math.Truncate(l / r),
                Math.Max(least, int.MinValue), Math.Min((double)greatest, int.MaxValue))));
        }

        sheet.Check(Rounding.Double);
    }

    [Fact]
    public void Float32()
    {
        var sheet = new OperatorSheet(seed: 3);
        foreach (((int[] left, int[] right, int[] output), int i) in BinaryShapes.Numbered())
        {
            var activation = (Activation)(i % 4);
            (float least, float greatest) = activation.Range();
            Tensor x = sheet.Input(TensorType.Float32, null, left);
            Tensor z = i % 4 == 1
                ? sheet.Constant(TensorType.Float32, null, right)
                : sheet.Input(TensorType.Float32, null, right);
            var quotient = new Div([x, z], sheet.Output(TensorType.Float32, null, output), activation);
            sheet.Add(quotient, v => PlainBroadcast.Run(quotient, v, (l, r) => Math.Clamp(
                (float)l / (float)r, Math.Max(least, float.MinValue), Math.Min(greatest, float.MaxValue))));
            var floor = new FloorDiv([x, z], sheet.Output(TensorType.Float32, null, output));
            sheet.Add(floor, v => PlainBroadcast.Run(floor, v, (l, r) => Math.Floor(l / r)));
            var remainder = new FloorMod([x, z], sheet.Output(TensorType.Float32, null, output));
            sheet.Add(remainder, v => PlainBroadcast.Run(remainder, v, Remainder));
        }

        sheet.Check(Rounding.Double, isExact: false);
    }

    private static double Remainder(double left, double right)
    {
        double remainder = Math.IEEERemainder(left, right);
        return remainder != 0 && right != 0 && Math.Sign(remainder) != Math.Sign(right)
            ? (float)(remainder + right)
            : remainder;
    }

    /// <summary>Steps of DivElementwise and GetReciprocal, which know one rounding.</summary>
    private static double Code(Div op, int left, int right)
    {
        Quantization output = op.Output.Quantization!;
        int dividend = left - op.Left.Quantization!.ZeroPoint;
        int divisor = right - op.Right.Quantization!.ZeroPoint;
        if (divisor == 0)
        {
            double real = dividend == 0 ? output.ZeroPoint : dividend / 0.0;
            return FixedPoint.Activate(real, op.Activation, output);
        }

        (int numerator, int denominator) = divisor < 0 ? (-dividend, -divisor) : (dividend, divisor);
        int bits = Math.ILogB(denominator);
        int fraction = (int)(((long)denominator << (MostBits - bits)) - (1L << MostBits));
        int reciprocal = FixedPointFunctions.OneOverOnePlus(fraction);
        int headroom = 0;
        while (headroom < MostBits && Math.Abs((long)numerator << (headroom + 1)) < 1L << MostBits)
        {
            headroom++;
        }

        // The least number is one that a shift more reaches.
        headroom += numerator < 0 && (long)numerator << (headroom + 1) == int.MinValue ? 1 : 0;
        float factor = op.Left.Quantization.Scale / (op.Right.Quantization.Scale * output.Scale);
        (int multiplier, int shift) = Gemmlowp.QuantizeMultiplier(factor);
        int product = Gemmlowp.SaturatingRoundingDoublingHighMul(
            Gemmlowp.SaturatingRoundingDoublingHighMul((int)((long)numerator << headroom), reciprocal), multiplier);
        int exponent = headroom + bits - shift;
        int quotient = exponent > MostBits ? 0 : Gemmlowp.RoundingDivideByPot(product, exponent);
        double ideal = FixedPoint.Activate(
            ((double)dividend / divisor * factor) + output.ZeroPoint, op.Activation, output);
        double code = FixedPoint.Activate(quotient + output.ZeroPoint, op.Activation, output);
        Assert.True(Math.Abs(code - ideal) <= 1, $"the reference says {code}, the real value is {ideal}");
        return code;
    }
}
