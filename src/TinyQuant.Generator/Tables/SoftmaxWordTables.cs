using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// The two tables of SOFTMAX of int16 codes, and what codes are multiplied by to be at steps of the first. They are the
/// same for all models.
/// </summary>
/// <remarks>
/// <c>LUTPopulate</c> of kernels/internal/common.h, in float32, with the arguments of micro/kernels/softmax_common.cc.
/// </remarks>
internal static class SoftmaxWordTables
{
    private const int Steps = 512;
    private const float OutputStep = 2 / 65535f;

    /// <summary>[513] e^x for x from -10 to 0.</summary>
    public static short[] Exponentials { get; } = Table(
        GlibcExponential.Of, (float)(10 / 65535.0), zeroPoint: short.MaxValue);

    /// <summary>[513] 1 / (1 + x) for x from 0 to 1.</summary>
    public static short[] Reciprocals { get; } = Table(
        x => 1 / (float)(1 + x), (float)(1 / 65535.0), zeroPoint: short.MinValue);

    /// <summary>The input's steps in those of <see cref="Exponentials"/>.</summary>
    public static FixedPointMultiplier Factor(Softmax op, Rounding rounding) => FixedPointMultiplier.Of(
        (double)op.Input.Quantization!.Scale * op.Beta / (10 / 65535.0), rounding);

    /// <summary>
    /// Each entry is moved by half of what the line between two misses the function by in the middle of them.
    /// </summary>
    private static short[] Table(Func<float, float> function, float inputScale, int zeroPoint)
    {
        float first = (float)(inputScale * (short.MinValue - zeroPoint));
        float last = (float)(inputScale * (short.MaxValue - zeroPoint));
        float step = (float)((float)(last - first) / Steps);
        float half = (float)(step / 2);
        float inverse = (float)(65536 / (float)((float)(OutputStep * short.MaxValue)
            - (float)(OutputStep * short.MinValue)));
        var table = new short[Steps + 1];
        for (int i = 0; i < Steps; i++)
        {
            float at = (float)(first + (float)(i * step));
            float here = function(at);
            float middle = function((float)(at + half));
            float next = function((float)(first + (float)((i + 1) * step)));
            float code = Round((float)(here * inverse));
            float line = Round((float)((float)((float)(next * inverse) + code) / 2));
            float miss = (float)(line - Round((float)(middle * inverse)));
            table[i] = Saturate((float)(code - Round((float)(miss / 2))));
        }

        table[Steps] = Saturate(Round((float)(function(last) * inverse)));
        return table;
    }

    private static float Round(float x) => (float)Math.Round((double)x, MidpointRounding.AwayFromZero);

    private static short Saturate(float x) => (short)Math.Min(short.MaxValue, Math.Max(short.MinValue, x));
}
