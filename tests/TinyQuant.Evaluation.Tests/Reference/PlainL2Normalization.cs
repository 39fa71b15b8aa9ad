using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>tensorflow/lite/kernels/internal/reference/integer_ops/l2normalization.h, one row at a time.</summary>
internal static class PlainL2Normalization
{
    public static double[] Codes(L2Normalization op, double[] row, Rounding rounding)
    {
        int zeroPoint = op.Input.Quantization!.ZeroPoint;
        (int multiplier, int shift) = InverseRoot(row.Sum(x => (long)((x - zeroPoint) * (x - zeroPoint))));
        return Array.ConvertAll(
            row, x => FixedPoint.Clamp(FixedPoint.Multiply((int)x - zeroPoint, multiplier, shift + 7, rounding)));
    }

    public static double[] Reals(double[] row)
    {
        double length = Math.Max(Math.Sqrt(row.Sum(x => x * x)), 1e-6);
        return Array.ConvertAll(row, x => x / length);
    }

    /// <summary>GetInvSqrtQuantizedMultiplierExp of tensorflow/lite/kernels/internal/common.h.</summary>
    public static (int Multiplier, int Shift) InverseRoot(long x)
    {
        if (x <= 1)
        {
            return (int.MaxValue, 0);
        }

        int shift = 11;
        for (; x >= 1 << 29; x /= 4)
        {
            shift++;
        }

        for (; x < 1 << 27; x *= 4)
        {
            shift--;
        }

        int half = Gemmlowp.RoundingDivideByPot((int)(x / 2), 1);
        int root = 1 << 28;
        for (int i = 0; i < 5; i++)
        {
            int cube = Saturated(High(High(root, root), root) * 64L);
            root = Saturated((High((1 << 28) + (1 << 27), root) - (long)High(half, cube)) * 8);
        }

        root = High(root, 1518500250);
        return shift < 0 ? (root << -shift, 0) : (root, -shift);
    }

    private static int High(int a, int b) => Gemmlowp.SaturatingRoundingDoublingHighMul(a, b);

    private static int Saturated(long x) => (int)Math.Clamp(x, int.MinValue, int.MaxValue);
}
