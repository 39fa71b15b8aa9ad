using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// e^(−beta·scale·d) in Q0.31 for each distance d of a code from its row's largest:
/// kernels/internal/reference/softmax.h, prepared as in micro/kernels/softmax_common.cc.
/// </summary>
internal static class SoftmaxTable
{
    private const int IntegerBits = 5;
    private const int FractionBits = 31 - IntegerBits;

    public static int[] Of(Softmax op, Rounding rounding)
    {
        double cap = rounding == Rounding.Single ? (1 << 30) - 1.0 : int.MaxValue;
        double beta = (double)op.Beta * op.Input.Quantization!.Scale;
        var multiplier = FixedPointMultiplier.Of(Math.Min(beta * (1 << FractionBits), cap));
        double minimum = -Math.Floor(
            ((1 << IntegerBits) - 1) * (double)(1 << FractionBits) / Math.Pow(2, multiplier.Shift));
        return [.. Enumerable.Range(0, 256).Select(distance => -distance >= minimum
            ? Gemmlowp.ExpOnNegative(Gemmlowp.Multiply(-distance, multiplier, rounding), IntegerBits)
            : 0)];
    }
}
