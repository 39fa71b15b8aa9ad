using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>value · factor as TensorFlow Lite's MultiplyByQuantizedMultiplier rounds it, by the definitions.</summary>
internal static class QuantizedProduct
{
    public static long Of(int value, double factor, Rounding rounding)
    {
        (int multiplier, int shift) = Gemmlowp.QuantizeMultiplier(factor);
        if (rounding != Rounding.Single)
        {
            return Gemmlowp.MultiplyByQuantizedMultiplier(value, multiplier, shift);
        }
        // The nearest integer, halves up: floor(product + 1/2).
        Int128 divisor = (Int128)1 << (31 - shift);
        Int128 raised = ((Int128)value * multiplier) + (divisor / 2);
        return (long)(raised >= 0 ? raised / divisor : -((-raised + divisor - 1) / divisor));
    }
}
