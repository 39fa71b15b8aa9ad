using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>What operators on one int8 code compute, in the arithmetic of TensorFlow Lite Micro, and what they mean in real numbers.</summary>
internal static class PlainUnary
{
    /// <summary>The code that the reference kernel writes.</summary>
    public static double Code(UnaryOperator op, int x, Rounding rounding)
    {
        Quantization input = op.Input.Quantization!;
        Quantization output = op.Output.Quantization!;
        int centred = x - input.ZeroPoint;
        float ratio = input.Scale / output.Scale;
        return FixedPoint.Clamp(op switch
        {
            Logistic => Sigmoid(centred, input, rounding, a => Gemmlowp.RoundingDivideByPot(FixedPointFunctions.Logistic(a, 4), 23) - 128),
            Tanh => Sigmoid(centred, input, rounding, a => Gemmlowp.RoundingDivideByPot(FixedPointFunctions.Tanh(a, 4), 24)),
            Relu => Math.Max(output.ZeroPoint, output.ZeroPoint + (double)FixedPoint.Multiply(centred, ratio, rounding)),
            Relu6 => Math.Clamp(x, FixedPoint.Code(0, input), FixedPoint.Code(6, input)),
            ReluN1To1 => Math.Clamp(x, FixedPoint.Code(-1, input), FixedPoint.Code(1, input)),
            LeakyRelu leaky => output.ZeroPoint
                + (double)FixedPoint.Multiply(centred, centred >= 0 ? ratio : input.Scale * leaky.Alpha / output.Scale, rounding),
            HardSwish => PlainHardSwish.Code(centred, input.Scale, output),
            Abs => output.ZeroPoint + (double)FixedPoint.Multiply(Math.Abs(centred), (double)input.Scale / output.Scale, rounding),
            Elu => Expm1(input.Scale * centred, output),
            Quantize when rounding == Rounding.FloatEven => Even(centred, ratio, output.ZeroPoint),
            Quantize => output.ZeroPoint + (double)FixedPoint.Multiply(centred, (double)input.Scale / output.Scale, rounding),
            _ => throw new ArgumentException(op.Kind, nameof(op)),
        });
    }

    /// <summary>The function itself.</summary>
    public static double Real(UnaryOperator op, double x) => op switch
    {
        Logistic => 1 / (1 + Math.Exp(-x)),
        Tanh => Math.Tanh(x),
        Relu => Math.Max(x, 0),
        Relu6 => Math.Clamp(x, 0, 6),
        ReluN1To1 => Math.Clamp(x, -1, 1),
        LeakyRelu leaky => x < 0 ? x * leaky.Alpha : x,
        HardSwish => x * Math.Clamp(x + 3, 0, 6) / 6,
        Elu => x < 0 ? Math.Exp(x) - 1 : x,
        Abs => Math.Abs(x),
        Quantize => x,
        _ => throw new ArgumentException(op.Kind, nameof(op)),
    };

    /// <summary>Q4.27, beyond whose range the answer is an end of the output's.</summary>
    private static int Sigmoid(int centred, Quantization input, Rounding rounding, Func<int, int> function)
    {
        double factor = (double)input.Scale * (1 << 27);
        (_, int shift) = Gemmlowp.QuantizeMultiplier(factor);
        double radius = Math.Floor(15.0 * (1 << 27) / Math.Pow(2, shift));
        return Math.Abs(centred) >= radius ? Math.Sign(centred) * 128 : function(FixedPoint.Multiply(centred, factor, rounding));
    }

    private static double Expm1(float real, Quantization output)
    {
        float transformed = real < 0 ? MathF.Exp(real) - 1 : real;
        return MathF.Round(transformed * (1 / output.Scale), MidpointRounding.AwayFromZero) + output.ZeroPoint;
    }

    private static double Even(int centred, float scale, int zeroPoint)
    {
        float real = Math.Min(Math.Max(centred * scale, -128 - zeroPoint), 127 - zeroPoint);
        return MathF.Round(real, MidpointRounding.ToEven) + zeroPoint;
    }
}
