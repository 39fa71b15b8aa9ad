using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>Sums to codes, in each rounding, by the formulas of docs/quantization.md.</summary>
internal sealed class PlainRequantization(Quantization output, Activation activation, Rounding rounding)
{
    /// <summary>s_in · s_w / s_out in float32, from left to right.</summary>
    public static float Scale(Tensor input, Tensor weights, int channel, Tensor output)
    {
        Quantization quantization = weights.Quantization!;
        float product = input.Quantization!.Scale * quantization.Scales[quantization.IsPerChannel ? channel : 0];
        return product / output.Quantization!.Scale;
    }

    /// <summary>s_in · s_w / s_out in double, as the convolutions of TensorFlow Lite Micro have it.</summary>
    public static double DoubleScale(Tensor input, Tensor weights, int channel, Tensor output)
    {
        Quantization quantization = weights.Quantization!;
        double scale = quantization.Scales[quantization.IsPerChannel ? channel : 0];
        return input.Quantization!.Scale * scale / output.Quantization!.Scale;
    }

    /// <summary>The code of a sum.</summary>
    /// <param name="sum">The accumulator.</param>
    /// <param name="real">What it is multiplied by in fixed point.</param>
    /// <param name="scale">What it is multiplied by in float32.</param>
    public sbyte Code(int sum, double real, float scale)
    {
        (int min, int max) = Range();
        if (rounding == Rounding.FloatEven)
        {
            float scaled = Math.Clamp(sum * scale, min - output.ZeroPoint, max - output.ZeroPoint);
            return (sbyte)((int)Math.Round((double)scaled, MidpointRounding.ToEven) + output.ZeroPoint);
        }

        long code = output.ZeroPoint + (rounding == Rounding.Single ? Single(sum, real) : (long)Double(sum, real));
        return (sbyte)Math.Clamp(code, min, max);
    }

    private static int Double(int sum, double real)
    {
        (int multiplier, int shift) = Gemmlowp.QuantizeMultiplier(real);
        return Gemmlowp.MultiplyByQuantizedMultiplier(sum, multiplier, shift);
    }

    private static int Single(int sum, double real)
    {
        (int multiplier, int shift) = Gemmlowp.QuantizeMultiplierForSingleRounding(real);
        return Gemmlowp.MultiplyByQuantizedMultiplierWithSingleRounding(sum, multiplier, shift);
    }

    /// <summary>CalculateActivationRangeQuantized of tensorflow/lite/kernels/kernel_util.cc.</summary>
    private (int Min, int Max) Range()
    {
        int Code(float real) => output.ZeroPoint + (int)MathF.Round(real / output.Scale, MidpointRounding.AwayFromZero);
        return activation switch
        {
            Activation.Relu => (Math.Max(-128, Code(0)), 127),
            Activation.Relu6 => (Math.Max(-128, Code(0)), Math.Min(127, Code(6))),
            Activation.ReluN1To1 => (Math.Max(-128, Code(-1)), Math.Min(127, Code(1))),
            _ => (-128, 127),
        };
    }
}
