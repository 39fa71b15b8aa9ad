using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>
/// What operators on one int8 code compute, in the arithmetic of TensorFlow Lite Micro, and what they mean in real
/// numbers.
/// </summary>
internal static class PlainUnary
{
    /// <summary>The code that the reference kernel writes.</summary>
    public static double Code(UnaryOperator op, int x, Rounding rounding)
    {
        Quantization input = op.Input.Quantization!;
        Quantization output = op.Output.Quantization!;
        int value = x - input.ZeroPoint;
        return FixedPoint.Clamp(op switch
        {
            Logistic => Sigmoid(
                value, input, rounding,
                a => Gemmlowp.RoundingDivideByPot(FixedPointFunctions.Logistic(a, 4), 23) - 128),
            Tanh => Sigmoid(
                value, input, rounding, a => Gemmlowp.RoundingDivideByPot(FixedPointFunctions.Tanh(a, 4), 24)),
            Relu => Math.Max(output.ZeroPoint, FloatQuotient(value, input, output, rounding) + output.ZeroPoint),
            Relu6 => Math.Clamp(x, FixedPoint.Code(0, input), FixedPoint.Code(6, input)),
            ReluN1To1 => Math.Clamp(x, FixedPoint.Code(-1, input), FixedPoint.Code(1, input)),
            LeakyRelu when value >= 0 => FloatQuotient(value, input, output, rounding) + output.ZeroPoint,
            LeakyRelu leaky => Slope(leaky, value, input, output, rounding) + output.ZeroPoint,
            HardSwish => PlainHardSwish.Code(x, input, output),
            Abs => FloatQuotient(Math.Abs(value), input, output, rounding) + output.ZeroPoint,
            Elu => Exponential(input.Scale * value, output),
            Quantize when rounding == Rounding.FloatEven => Even(value, input.Scale / output.Scale, output.ZeroPoint),
            Quantize => FixedPoint.Multiply(value, (double)input.Scale / output.Scale, rounding) + output.ZeroPoint,
            _ => throw new ArgumentException(op.Kind, nameof(op)),
        });
    }

    /// <summary>The function itself.</summary>
    public static double Real(UnaryOperator op, double x) => op switch
    {
        Relu => Math.Max(x, 0),
        Relu6 => Math.Clamp(x, 0, 6),
        ReluN1To1 => Math.Clamp(x, -1, 1),
        LeakyRelu leaky => x < 0 ? x * leaky.Alpha : x,
        Quantize => x,
        _ => UnaryKernels.All.Single(k => k.Kind == op.Kind).Formula(x),
    };

    /// <summary>Q4.27, beyond whose range the answer is an end of the output's.</summary>
    private static int Sigmoid(int centred, Quantization input, Rounding rounding, Func<int, int> function)
    {
        double factor = (double)input.Scale * (1 << 27);
        (_, int shift) = Gemmlowp.QuantizeMultiplier(factor);
        double radius = Math.Floor(15.0 * (1 << 27) / Math.Pow(2, shift));
        return Math.Abs(centred) >= radius
            ? Math.Sign(centred) * 128
            : function(FixedPoint.Multiply(centred, factor, rounding));
    }

    /// <summary>
    /// CalculateReluOpData, CalculateOpDataLeakyRelu, SetAbsOutputMultiplier: the double of a float32 quotient.
    /// </summary>
    private static int FloatQuotient(int value, Quantization input, Quantization output, Rounding rounding)
    {
        float quotient = input.Scale / output.Scale;
        return FixedPoint.Multiply(value, quotient, rounding);
    }

    /// <summary>
    /// QuantizeLeakyRelu of kernels/internal/reference/leaky_relu.h: the sign of alpha is taken after the product.
    /// </summary>
    private static int Slope(
        LeakyRelu op, int value, Quantization input, Quantization output, Rounding rounding)
    {
        float real = input.Scale * op.Alpha / output.Scale;
        (int multiplier, int shift) = Gemmlowp.QuantizeMultiplier(real);
        bool isNegative = multiplier < 0;
        int scaled = FixedPoint.Multiply(value, isNegative ? -multiplier : multiplier, shift, rounding);
        return isNegative ? -scaled : scaled;
    }

    /// <summary>
    /// PopulateLookupTable of micro/kernels/elu.cc. MathF.Exp is the platform's expf, as the reference's is.
    /// </summary>
    private static double Exponential(float real, Quantization output)
    {
        float inverse = 1 / output.Scale;
        float transformed = real < 0 ? MathF.Exp(real) - 1 : real;
        float rescaled = MathF.Round(transformed * inverse, MidpointRounding.AwayFromZero);
        return rescaled + output.ZeroPoint;
    }

    private static double Even(int centred, float scale, int zeroPoint)
    {
        float real = Math.Min(Math.Max(centred * scale, -128 - zeroPoint), 127 - zeroPoint);
        return MathF.Round(real, MidpointRounding.ToEven) + zeroPoint;
    }
}
