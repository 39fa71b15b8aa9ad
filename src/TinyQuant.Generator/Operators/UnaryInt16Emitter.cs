using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Functions of one int16 code.</summary>
internal static class UnaryInt16Emitter
{
    /// <summary>A factor of 1, exact in both roundings.</summary>
    private static readonly FixedPointMultiplier s_one = FixedPointMultiplier.Of(1);

    public static KernelCall Lower(UnaryOperator op, LoweringContext context, string input, string output)
    {
        Rounding rounding = context.FixedPointRounding;
        switch (op)
        {
            case Abs { IsOfIntegers: true }:
                return context.Call(op, "Kernels::Activations.Abs", input, output);
            case Logistic or Tanh:
                var step = SigmoidStep.Of(op);
                return context.Call(op, $"Kernels::Activations.{op.Kind}", input,
                    ("multiplier", step.Multiplier), ("shift", step.Shift), output);
            case Rsqrt rsqrt:
                var factor = FixedPointMultiplier.Of(rsqrt.Factor, rounding);
                return context.Call(op, $"Kernels::Activations.Rsqrt<{TypeArguments.FixedPoint(rounding)}>", input,
                    ("multiplier", factor.Multiplier), ("shift", factor.Shift - Rsqrt.FractionBits), output);
            default:
                return context.Call(op, $"Kernels::Slopes.Int16<{TypeArguments.FixedPoint(rounding)}>", input,
                    Slopes(op, rounding), output);
        }
    }

    private static KernelArgument Slopes(UnaryOperator op, Rounding rounding)
    {
        Quantization input = op.Input.Quantization!;
        Quantization output = op.Output.Quantization!;
        switch (op)
        {
            case Relu6:
                (int least, int greatest) = ActivationRange.QuantizedInt16(Activation.Relu6, input);
                return Write(input, input, s_one, s_one, least, greatest);
            case Relu:
                return Write(input, output, Quotient(), Quotient(), min: output.ZeroPoint);
            case Abs:
                return Write(input, output, Quotient(), Quotient(), negatesFirst: true);
            default:
                var leaky = (LeakyRelu)op;
                float product = (float)(input.Scale * Math.Abs(leaky.Alpha));
                var slope = FixedPointMultiplier.Of((float)(product / output.Scale), rounding);
                return Write(input, output, Quotient(), slope, negatesLast: leaky.Alpha < 0);
        }

        // A float32 quotient, as in UnaryTable.
        FixedPointMultiplier Quotient() => FixedPointMultiplier.Of((float)(input.Scale / output.Scale), rounding);
    }

    private static KernelArgument Write(
        Quantization input, Quantization output, FixedPointMultiplier above, FixedPointMultiplier below,
        int min = short.MinValue, int max = short.MaxValue, bool negatesFirst = false, bool negatesLast = false) =>
        KernelArgument.New("Kernels::SlopeConstants",
            ("inputZeroPoint", input.ZeroPoint), ("multiplier", above.Multiplier), ("shift", above.Shift),
            ("multiplierBelow", below.Multiplier), ("shiftBelow", below.Shift),
            ("negatesFirst", negatesFirst ? "true" : "false"), ("negatesLast", negatesLast ? "true" : "false"),
            ("outputZeroPoint", output.ZeroPoint), ("min", min), ("max", max));
}
