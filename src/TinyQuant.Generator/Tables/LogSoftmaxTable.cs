using TinyQuant.Kernels.Requantizers;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// What LogSoftmax needs of each distance of a code from its row's largest: kernels/internal/reference/log_softmax.h,
/// prepared as in micro/kernels/log_softmax.cc with <c>PreprocessLogSoftmaxScalingExp</c> of quantization_util.cc.
/// </summary>
internal sealed class LogSoftmaxTable
{
    private const int IntegerBits = 5;
    private const int FractionBits = 31 - IntegerBits;
    private const int SumIntegerBits = 12;

    public LogSoftmaxTable(Quantization input, Rounding rounding)
    {
        double cap = rounding == Rounding.Single ? (1 << 30) - 1.0 : int.MaxValue;
        var scale = FixedPointMultiplier.Of(Math.Min((double)input.Scale * (1 << FractionBits), cap));
        double minimum = Math.Floor(
            ((1 << IntegerBits) - 1) * (double)(1 << FractionBits) / Math.Pow(2, scale.Shift));
        Reverse = FixedPointMultiplier.Of(Math.Pow(2, 31 - scale.Shift) / scale.Multiplier, rounding);
        Least = (int)-minimum;
        Differences = [.. Enumerable.Range(0, 256).Select(d => Gemmlowp.Multiply(-d, scale, rounding))];
        Exponentials = [.. Differences.Select((difference, d) => -d >= Least
            ? FixedPoint.RoundingDivideByPowerOfTwo(Gemmlowp.ExpOnNegative(difference, IntegerBits), SumIntegerBits)
            : 0)];
    }

    /// <summary>[256] e^(−scale·d), Q12.19; 0 for what is below the least distance.</summary>
    public int[] Exponentials { get; }

    /// <summary>[256] −scale·d, Q5.26.</summary>
    public int[] Differences { get; }

    /// <summary>The least difference of a code from the largest that counts.</summary>
    public int Least { get; }

    /// <summary>Q5.26 to codes.</summary>
    public FixedPointMultiplier Reverse { get; }
}
