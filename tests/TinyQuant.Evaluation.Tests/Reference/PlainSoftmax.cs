using System.Numerics;
using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>
/// kernels/internal/reference/softmax.h with micro/kernels/softmax_common.cc, an exponential at a time.
/// </summary>
internal static class PlainSoftmax
{
    private const int IntegerBits = 5;
    private const int SumIntegerBits = 12;

    /// <summary>The codes of one row, int8 or int16.</summary>
    public static double[] Codes(Softmax op, double[] row, Rounding rounding)
    {
        int outputBits = op.Output.Type == TensorType.Int16 ? 16 : 8;
        double least = -Math.Pow(2, outputBits - 1);
        (double factor, double minimum) = Factor(op, rounding);
        double max = row.Max();
        int?[] exponentials = [.. row.Select(x => x - max >= minimum
            ? FixedPointFunctions.Exp(FixedPoint.Multiply((int)(x - max), factor, rounding), IntegerBits)
            : (int?)null)];
        int sum = 0;
        foreach (int? e in exponentials)
        {
            sum += e is null ? 0 : Gemmlowp.RoundingDivideByPot(e.Value, SumIntegerBits);
        }

        int headroom = BitOperations.LeadingZeroCount((uint)sum);
        int scale = FixedPointFunctions.OneOverOnePlus((int)(((long)sum << headroom) - (1L << 31)));
        int exponent = SumIntegerBits - headroom + 31 - outputBits;
        return [.. exponentials.Select(e => e is null
            ? least
            : Math.Clamp(
                Gemmlowp.RoundingDivideByPot(Gemmlowp.SaturatingRoundingDoublingHighMul(scale, e.Value), exponent)
                    + least, least, -least - 1))];
    }

    /// <summary>The probabilities.</summary>
    public static double[] Reals(double[] row, double beta)
    {
        double max = row.Max();
        double sum = row.Sum(x => Math.Exp(beta * (x - max)));
        return [.. row.Select(x => Math.Exp(beta * (x - max)) / sum)];
    }

    private static (double Factor, double Minimum) Factor(Softmax op, Rounding rounding)
    {
        double cap = rounding == Rounding.Single ? (1L << 30) - 1 : (1L << 31) - 1;
        double factor = Math.Min((double)op.Beta * op.Input.Quantization!.Scale * (1 << (31 - IntegerBits)), cap);
        (_, int shift) = Gemmlowp.QuantizeMultiplier(factor);
        return (factor, -Math.Floor(31.0 * (1 << 26) / Math.Pow(2, shift)));
    }
}
