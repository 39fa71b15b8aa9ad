using TinyQuant.Kernels.Requantizers;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>The answers of an int8 operator to all 256 codes, in the reference's arithmetic.</summary>
internal static class UnaryTable
{
    /// <summary>The table of an operator, for inputs from -128 on.</summary>
    /// <param name="op">int8 in and out.</param>
    /// <param name="graph">Its model, which has the rounding.</param>
    /// <param name="rounding">Double or single: what the operator has where float-even does not apply to it.</param>
    public static sbyte[] Of(UnaryOperator op, Graph graph, Rounding rounding)
    {
        Quantization input = op.Input.Quantization!;
        Quantization output = op.Output.Quantization!;
        Func<int, int> code = op switch
        {
            Logistic => SigmoidTable.Logistic(input, rounding),
            Tanh => SigmoidTable.Tanh(input, rounding),
            Relu => Rectified(input, output, rounding),
            Relu6 => Clamped(input, 0, 6),
            ReluN1To1 => Clamped(input, -1, 1),
            LeakyRelu leaky => LeakyRelu(leaky, input, output, rounding),
            HardSwish => HardSwishTable.Of(input, output),
            Elu => Exponential(input, output),
            Rsqrt rsqrt => InverseRoot(rsqrt, input, output, rounding),
            Abs => Magnitude(input, output, rounding),
            Quantize { IsLegacy: true } => Rescaled(input, output),
            Quantize when graph.Rounding == Rounding.FloatEven => RequantizedToEven(input, output),
            Quantize => Requantized(input, output, rounding),
            _ => throw new ArgumentException($"{op.Kind} has no table.", nameof(op)),
        };
        return [.. Enumerable.Range(sbyte.MinValue, 256)
            .Select(x => (sbyte)Math.Min(sbyte.MaxValue, Math.Max(sbyte.MinValue, code(x))))];
    }

    /// <summary>
    /// The ratio of scales as a float32 quotient, which TFLM has for RELU, LEAKY_RELU and ABS: it is another number
    /// than the double one. QUANTIZE divides doubles.
    /// </summary>
    private static FixedPointMultiplier Quotient(Quantization input, Quantization output, Rounding rounding) =>
        FixedPointMultiplier.Of((float)(input.Scale / output.Scale), rounding);

    /// <summary><c>ReluQuantized</c> of TFLM's activations_common.cc.</summary>
    private static Func<int, int> Rectified(Quantization input, Quantization output, Rounding rounding)
    {
        FixedPointMultiplier ratio = Quotient(input, output, rounding);
        return x =>
            Math.Max(output.ZeroPoint, Add(Gemmlowp.Multiply(x - input.ZeroPoint, ratio, rounding), output.ZeroPoint));
    }

    /// <summary>
    /// <c>Relu6Quantized</c> of TFLM's activations_common.cc: codes keep their scale, and are clamped to those of the
    /// two reals.
    /// </summary>
    private static Func<int, int> Clamped(Quantization quantization, float least, float greatest)
    {
        int min = Code(least, quantization);
        int max = Code(greatest, quantization);
        return x => Math.Min(Math.Max(x, min), max);
    }

    /// <summary>
    /// <c>QuantizeLeakyRelu</c> of kernels/internal/reference/leaky_relu.h; the factors of TFLM's leaky_relu_common.cc
    /// are float32 quotients.
    /// </summary>
    private static Func<int, int> LeakyRelu(LeakyRelu op, Quantization input, Quantization output, Rounding rounding)
    {
        FixedPointMultiplier identity = Quotient(input, output, rounding);
        float product = (float)(input.Scale * Math.Abs(op.Alpha));
        var slope = FixedPointMultiplier.Of((float)(product / output.Scale), rounding);
        int sign = op.Alpha < 0 ? -1 : 1; // taken after the product, so that its halves go the other way
        return x => Add(
            x >= input.ZeroPoint
                ? Gemmlowp.Multiply(x - input.ZeroPoint, identity, rounding)
                : sign * Gemmlowp.Multiply(x - input.ZeroPoint, slope, rounding),
            output.ZeroPoint);
    }

    /// <summary>The table of TFLM's elu.cc, each step in float32.</summary>
    private static Func<int, int> Exponential(Quantization input, Quantization output)
    {
        float inverse = (float)(1 / output.Scale);
        return x =>
        {
            float real = (float)(input.Scale * (x - input.ZeroPoint));
            float result = real < 0 ? (float)(GlibcExponential.Of(real) - 1) : real;
            float rescaled = (float)Math.Round((double)(float)(result * inverse), MidpointRounding.AwayFromZero);
            return (int)Math.Min(short.MaxValue, Math.Max(short.MinValue, (float)(rescaled + output.ZeroPoint)));
        };
    }

    /// <summary>
    /// <c>AbsEvalQuantized</c> of TFLM's elementwise.cc; without a factor there, where the scales are equal, which is a
    /// factor of 1.
    /// </summary>
    private static Func<int, int> Magnitude(Quantization input, Quantization output, Rounding rounding)
    {
        FixedPointMultiplier ratio = Quotient(input, output, rounding);
        return x => Add(Gemmlowp.Multiply(Math.Abs(x - input.ZeroPoint), ratio, rounding), output.ZeroPoint);
    }

    /// <summary>
    /// <c>RsqrtEvalQuantized</c> of TFLM's elementwise.cc, which ends its run at a code below the zero point.
    /// </summary>
    private static Func<int, int> InverseRoot(Rsqrt op, Quantization input, Quantization output, Rounding rounding)
    {
        var factor = FixedPointMultiplier.Of(op.Factor, rounding);
        FixedPointMultiplier scaled = factor with { Shift = factor.Shift - Rsqrt.FractionBits };
        return x =>
        {
            if (x <= input.ZeroPoint)
            {
                return sbyte.MaxValue;
            }

            (int multiplier, int shift) = FixedPoint.InverseRoot(x - input.ZeroPoint);
            int root = Gemmlowp.Multiply(1, new(multiplier, shift + Rsqrt.FractionBits), rounding);
            return Add(Gemmlowp.Multiply(root, scaled, rounding), output.ZeroPoint);
        };
    }

    /// <summary>kernels/internal/reference/requantize.h.</summary>
    private static Func<int, int> Requantized(Quantization input, Quantization output, Rounding rounding)
    {
        var ratio = FixedPointMultiplier.Of((double)input.Scale / output.Scale, rounding);
        return x => Add(Gemmlowp.Multiply(x - input.ZeroPoint, ratio, rounding), output.ZeroPoint);
    }

    /// <summary>
    /// <c>ConcatenationWithScaling</c> of kernels/internal/reference/concatenation.h, each step in float32, where codes
    /// are more by 128.
    /// </summary>
    private static Func<int, int> Rescaled(Quantization input, Quantization output)
    {
        const int offset = 128;
        float scale = (float)(input.Scale * (float)(1 / output.Scale));
        float bias = (float)(-(input.ZeroPoint + offset) * scale);
        return x =>
        {
            float real = (float)((float)((x + offset) * scale) + bias);
            double code = Math.Round((double)real, MidpointRounding.AwayFromZero) + output.ZeroPoint;
            return (int)Math.Min(sbyte.MaxValue, Math.Max(sbyte.MinValue, code));
        };
    }

    /// <summary>A float32 scale, clamped before it is rounded to even, as XNNPACK and ONNX Runtime have it.</summary>
    private static Func<int, int> RequantizedToEven(Quantization input, Quantization output)
    {
        float scale = input.Scale / output.Scale;
        return x =>
        {
            float real = (x - input.ZeroPoint) * scale;
            real = Math.Min(Math.Max(real, sbyte.MinValue - output.ZeroPoint), sbyte.MaxValue - output.ZeroPoint);
            return (int)Math.Round((double)real, MidpointRounding.ToEven) + output.ZeroPoint;
        };
    }

    private static int Code(float real, Quantization quantization)
    {
        double code = Math.Round((double)(float)(real / quantization.Scale), MidpointRounding.AwayFromZero)
            + quantization.ZeroPoint;
        return (int)Math.Min(sbyte.MaxValue, Math.Max(sbyte.MinValue, code));
    }

    private static int Add(int scaled, int zeroPoint) =>
        (int)Math.Min(short.MaxValue, Math.Max(short.MinValue, (long)scaled + zeroPoint));
}
