using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>The constants that take sums of int16 codes times int8 weights to int16 codes.</summary>
internal static class Int16RequantizationEmitter
{
    /// <summary>
    /// The kernels' type argument: sums of 64 bits, which have one rounding of their own, or of 32 bits.
    /// </summary>
    public static string Sums(bool has64Bits, LoweringContext context) => has64Bits
        ? "Kernels::Sums64"
        : context.FixedPointRounding == Rounding.Single ? "Kernels::Sums32Single" : "Kernels::Sums32Double";

    /// <summary>Bakes the constants of a convolution, which leaves the zero points of int16 alone.</summary>
    public static KernelArgument OfConvolution(Convolution op, bool has64Bits, LoweringContext context)
    {
        double input = op.Input.Quantization!.Scale;
        return Write(
            context, op.Output, op.Window.Activation, has64Bits, zeroPoint: 0,
            [.. op.Weights.Quantization!.Scales.Select(s => input * s / op.Output.Quantization!.Scale)]);
    }

    /// <summary>Bakes the constants of an operator and returns the argument that holds them.</summary>
    /// <param name="context">Where to bake.</param>
    /// <param name="output">The operator's output.</param>
    /// <param name="activation">What it clamps to.</param>
    /// <param name="has64Bits">Whether its sums have 64 bits: then of each multiplier 16 bits count.</param>
    /// <param name="zeroPoint">What is added to the codes.</param>
    /// <param name="reals">The real multipliers: one, or one for each channel.</param>
    public static KernelArgument Write(
        LoweringContext context, Tensor output, Activation activation, bool has64Bits, int zeroPoint, double[] reals)
    {
        FixedPointMultiplier[] multipliers = [
            .. reals.Select(r => FixedPointMultiplier.Of(r, context.FixedPointRounding))];
        (int min, int max) = ActivationRange.QuantizedInt16(activation, output.Quantization!);
        return KernelArgument.New("Kernels::Int16Requantization",
            context.Bake(
                output.Name + ".multipliers", [.. multipliers.Select(m => has64Bits ? m.Narrow : m.Multiplier)],
                has64Bits ? "requantization multipliers, Q0.15" : "requantization multipliers, Q0.31"),
            context.Bake(output.Name + ".shifts", [.. multipliers.Select(m => m.Shift)],
                "requantization shifts, negative to the right"),
            ("zeroPoint", zeroPoint), ("min", min), ("max", max));
    }
}
