using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>kernels/internal/reference/hard_swish.h with micro/kernels/hard_swish_common.cc: 16-bit steps, each written as what it means.</summary>
internal static class PlainHardSwish
{
    public static double Code(int centred, float inputScale, Quantization output)
    {
        float fineScale = 1f / 128 * inputScale;
        (double outputFactor, int outputShift) = Factor(fineScale / output.Scale);
        (double reluFactor, int reluShift) = Factor(fineScale / (3f / 32768));
        double fine = centred * 128;
        double onOutputScale = HalfUp(fine * outputFactor);

        double relu = fine;
        if (reluShift > 0)
        {
            relu = Saturate(relu * Math.Pow(2, reluShift - 1));
        }
        relu = HalfUp(relu * reluFactor);
        relu = reluShift > 0 ? Saturate(relu * 2) : Math.Round(relu * Math.Pow(2, reluShift), MidpointRounding.AwayFromZero);

        double gate = Math.Floor((relu + 32768) / 2);
        double product = Math.Truncate(gate * onOutputScale / 32768);
        return Math.Round(product * Math.Pow(2, outputShift), MidpointRounding.AwayFromZero) + output.ZeroPoint;
    }

    /// <summary>DownScaleInt32ToInt16Multiplier: a fraction of 15 bits, and the power of two beside it.</summary>
    private static (double Fraction, int Shift) Factor(float real)
    {
        (int multiplier, int shift) = Gemmlowp.QuantizeMultiplier(real);
        return (Math.Min(HalfUp(multiplier / 65536.0), short.MaxValue) / 32768, shift);
    }

    private static double HalfUp(double x) => Math.Floor(x + 0.5);

    private static double Saturate(double x) => Math.Clamp(x, short.MinValue, short.MaxValue);
}
