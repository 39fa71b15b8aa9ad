using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>What operators on one int16 code compute, in the arithmetic of TensorFlow Lite Micro.</summary>
internal static class PlainUnaryInt16
{
    /// <summary>sigmoid_table_uint16 of internal/common.h: 65536 times the sigmoid, raised here and there.</summary>
    private static readonly int[] s_sigmoids = [.. Enumerable.Range(0, 256).Select(i =>
        Math.Min(65535, (int)Math.Floor((65536 / (1 + Math.Exp(-i / 24.0))) + 0.5) + (s_raised.Contains(i) ? 1 : 0)))];

    private static HashSet<int> s_raised =>
    [
        4, 8, 12, 14, 15, 16, 17, 19, 20, 21, 22, 25, 27, 28, 29, 30, 31, 33, 34, 35, 37, 39, 40, 41, 43, 44, 45, 46,
        49, 50, 54, 62, 63, 64, 66, 82, 86, 93, 100, 103, 112, 116, 135, 255,
    ];

    /// <summary>The code that the reference kernel writes.</summary>
    public static double Code(UnaryOperator op, int x, Rounding rounding)
    {
        if (op is Abs && op.Input.Quantization is null)
        {
            return unchecked((short)Math.Abs(x));
        }

        Quantization input = op.Input.Quantization!;
        Quantization output = op.Output.Quantization!;
        int value = x - input.ZeroPoint;
        float quotient = input.Scale / output.Scale;
        return FixedPoint.Clamp(op switch
        {
            Logistic or Tanh => Sigmoid(op, x),
            Relu => Math.Max(output.ZeroPoint, FixedPoint.Multiply(value, quotient, rounding) + output.ZeroPoint),
            Relu6 => Math.Clamp(
                x, FixedPoint.Code(0, input, TensorType.Int16), FixedPoint.Code(6, input, TensorType.Int16)),
            Abs when input.Scale == output.Scale => Math.Abs(value) + output.ZeroPoint,
            Abs => FixedPoint.Multiply(Math.Abs(value), quotient, rounding) + output.ZeroPoint,
            LeakyRelu leaky => Slope(leaky, value, quotient, rounding) + output.ZeroPoint,
            Rsqrt => Root(op, value, short.MaxValue, rounding),
            _ => throw new ArgumentException(op.Kind, nameof(op)),
        }, TensorType.Int16);
    }

    /// <summary>RsqrtEvalQuantized of micro/kernels/elementwise.cc, for int8 too.</summary>
    public static double Root(UnaryOperator op, int value, int greatest, Rounding rounding)
    {
        if (value <= 0)
        {
            return greatest;
        }

        (float from, Quantization output) = (op.Input.Quantization!.Scale, op.Output.Quantization!);
        (int multiplier, int shift) = PlainL2Normalization.InverseRoot(value);
        int root = FixedPoint.Multiply(1, multiplier, shift + 20, rounding);
        double factor = 1.0 / (MathF.Sqrt(from) * output.Scale);
        (multiplier, shift) = rounding == Rounding.Single
            ? Gemmlowp.QuantizeMultiplierForSingleRounding(factor)
            : Gemmlowp.QuantizeMultiplier(factor);
        return FixedPoint.Multiply(root, multiplier, shift - 20, rounding) + (double)output.ZeroPoint;
    }

    private static double Slope(LeakyRelu op, int value, float quotient, Rounding rounding)
    {
        if (value >= 0)
        {
            return FixedPoint.Multiply(value, quotient, rounding);
        }

        float slope = op.Input.Quantization!.Scale * op.Alpha / op.Output.Quantization!.Scale;
        int scaled = FixedPoint.Multiply(value, Math.Abs(slope), rounding);
        return op.Alpha < 0 ? -scaled : scaled;
    }

    /// <summary>reference/integer_ops/logistic.h and tanh.h, prepared as in logistic_common.cc and tanh.cc.</summary>
    private static int Sigmoid(UnaryOperator op, int x)
    {
        float scale = op.Input.Quantization!.Scale;
        float log = MathF.Log(scale) * (1 / MathF.Log(2));
        int power = (int)MathF.Round(log, MidpointRounding.AwayFromZero);
        int left = 12 + power;
        bool isPower = Math.Abs(log - power) < 0.001f && (left == 0 || (left == 1 && op is Tanh));
        double multiplier = isPower ? 3 << left : (double)scale * 4096 * 3;
        int shift = 0;
        for (; !isPower && multiplier <= 32767 / 2.0 && shift <= 30; shift++)
        {
            multiplier *= 2;
        }

        int scaled = unchecked((x * (int)multiplier) + (shift > 0 ? 1 << (shift - 1) : 0)) >> shift;
        int bits = op is Tanh ? 8 : 9;
        long magnitude = Math.Abs((long)scaled);
        long index = magnitude >> bits;
        if (op is Logistic)
        {
            long logistic = index >= 255 ? 0x7FFF << 10 : Between(index, magnitude & 511, bits);
            return (int)((scaled >= 0 ? logistic + 512 : (1 << 25) - logistic + 511) >> 10);
        }

        long tanh = index >= 255 ? 0xFFFF << 8 : Between(index, magnitude & 255, bits);
        return (int)((scaled >= 0 ? tanh - (1 << 23) + 128 : -tanh + (1 << 23) + 127) >> 8);
    }

    private static long Between(long index, long part, int bits) =>
        ((long)s_sigmoids[index] << bits) + (part * (s_sigmoids[index + 1] - s_sigmoids[index]));
}
