using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>Sums of int16 codes times int8 weights to int16 codes, by the formulas of docs/quantization.md.</summary>
internal sealed class PlainInt16Requantization(
    Quantization output, Activation activation, Rounding rounding, bool has64Bits)
{
    /// <summary>The code of a sum.</summary>
    /// <param name="sum">The accumulator; one of 32 bits wraps.</param>
    /// <param name="real">What it is multiplied by.</param>
    /// <param name="zeroPoint">What is added, where the operator reads the output's zero point.</param>
    public short Code(long sum, double real, int zeroPoint)
    {
        (int min, int max) = Range();
        return (short)Math.Clamp(unchecked(Scaled(sum, real) + zeroPoint), min, max);
    }

    private int Scaled(long sum, double real)
    {
        if (rounding == Rounding.Single)
        {
            (int multiplier, int shift) = Gemmlowp.QuantizeMultiplierForSingleRounding(real);
            return has64Bits
                ? Gemmlowp.MultiplyByQuantizedMultiplier(sum, multiplier, shift)
                : Gemmlowp.MultiplyByQuantizedMultiplierWithSingleRounding(unchecked((int)sum), multiplier, shift);
        }

        (int q, int s) = Gemmlowp.QuantizeMultiplier(real);
        return has64Bits
            ? Gemmlowp.MultiplyByQuantizedMultiplier(sum, q, s)
            : Gemmlowp.MultiplyByQuantizedMultiplier(unchecked((int)sum), q, s);
    }

    /// <summary>CalculateActivationRangeQuantized of tensorflow/lite/kernels/kernel_util.cc.</summary>
    private (int Min, int Max) Range()
    {
        int Code(float real) => output.ZeroPoint + (int)MathF.Round(real / output.Scale, MidpointRounding.AwayFromZero);
        return activation switch
        {
            Activation.Relu => (Math.Max(-32768, Code(0)), 32767),
            Activation.Relu6 => (Math.Max(-32768, Code(0)), Math.Min(32767, Code(6))),
            Activation.ReluN1To1 => (Math.Max(-32768, Code(-1)), Math.Min(32767, Code(1))),
            _ => (-32768, 32767),
        };
    }
}
