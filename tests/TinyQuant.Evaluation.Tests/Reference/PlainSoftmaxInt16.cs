using System.Numerics;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>
/// SoftmaxInt16 of kernels/internal/reference/softmax.h, with the tables of micro/kernels/softmax_common.cc made by
/// LUTPopulate of kernels/internal/common.h; their sums were recorded from the reference.
/// </summary>
internal static class PlainSoftmaxInt16
{
    private const float OutputScale = 2f / 65535;

    private static readonly int[] s_exponentials = Table(MathF.Exp, (float)(10.0 / 65535), 32767, sum: 1694030);
    private static readonly int[] s_reciprocals = Table(
        x => 1 / (1 + x), (float)(1.0 / 65535), -32768, sum: 11653643);

    /// <summary>The codes of one row.</summary>
    public static double[] Codes(Softmax op, double[] row, Rounding rounding)
    {
        double factor = (double)op.Input.Quantization!.Scale * op.Beta / (10.0 / 65535);
        int[] exponentials = [.. row.Select(x => Look(
            FixedPoint.Multiply((int)(x - row.Max()), factor, rounding) + 32767L, s_exponentials))];
        int sum = exponentials.Sum();
        int headroom = BitOperations.LeadingZeroCount((uint)sum);
        long shifted = (((long)sum << (headroom - 1)) + (1 << 13)) >> 14;
        int reciprocal = Look(shifted - 98304, s_reciprocals);
        return [.. exponentials.Select(e => (double)Math.Clamp(
            (((long)e * reciprocal) + (1L << (30 - headroom))) >> (31 - headroom), 0, 32767))];
    }

    private static int Look(long x, int[] table)
    {
        int at = (int)Math.Clamp(x, short.MinValue, short.MaxValue);
        int index = 256 + (at >> 7);
        return table[index] + ((((table[index + 1] - table[index]) * (at & 127)) + 64) >> 7);
    }

    private static int[] Table(Func<float, float> function, float scale, int zeroPoint, int sum)
    {
        float first = scale * (-32768 - zeroPoint);
        float last = scale * (32767 - zeroPoint);
        float step = (last - first) / 512;
        float inverse = 65536 / ((OutputScale * 32767) - (OutputScale * -32768));
        var table = new int[513];
        for (int i = 0; i < 512; i++)
        {
            float value = Round(function(first + (i * step)) * inverse);
            float middle = Round(function(first + (i * step) + (step / 2)) * inverse);
            float line = Round(((function(first + ((i + 1) * step)) * inverse) + value) / 2);
            table[i] = (int)Math.Clamp(value - Round((line - middle) / 2), short.MinValue, short.MaxValue);
        }

        table[512] = (int)Math.Clamp(Round(function(last) * inverse), short.MinValue, short.MaxValue);
        Assert.Equal(sum, table.Sum());
        return table;
    }

    private static float Round(float x) => MathF.Round(x, MidpointRounding.AwayFromZero);
}
