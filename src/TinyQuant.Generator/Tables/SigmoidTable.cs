using TinyQuant.Kernels.Requantizers;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// LOGISTIC and TANH of int8 codes: gemmlowp's functions on Q4.27, beyond whose range a code counts as infinite.
/// Source: kernels/internal/reference/integer_ops/logistic.h and tanh.h, with logistic_common.cc and tanh.cc of TFLM.
/// </summary>
internal static class SigmoidTable
{
    private const int IntegerBits = 4;
    private const int FractionBits = 31 - IntegerBits;

    public static Func<int, int> Logistic(Quantization input, Rounding rounding) => Of(input, rounding,
        beyond: (sbyte.MinValue, sbyte.MaxValue),
        a => FixedPoint.RoundingDivideByPowerOfTwo(Gemmlowp.Logistic(a, IntegerBits), 23) + sbyte.MinValue);

    public static Func<int, int> Tanh(Quantization input, Rounding rounding) => Of(input, rounding,
        beyond: (sbyte.MinValue, sbyte.MaxValue),
        a => FixedPoint.RoundingDivideByPowerOfTwo(Gemmlowp.Tanh(a, IntegerBits), 24));

    private static Func<int, int> Of(
        Quantization input, Rounding rounding, (int Least, int Greatest) beyond, Func<int, int> function)
    {
        var multiplier = FixedPointMultiplier.Of((double)input.Scale * (1 << FractionBits));
        double radius = Math.Floor(
            ((1 << IntegerBits) - 1) * (double)(1 << FractionBits) / Math.Pow(2, multiplier.Shift));
        return x =>
        {
            int centred = x - input.ZeroPoint;
            return centred <= -radius ? beyond.Least
                : centred >= radius ? beyond.Greatest
                : function(Gemmlowp.Multiply(centred, multiplier, rounding));
        };
    }
}
