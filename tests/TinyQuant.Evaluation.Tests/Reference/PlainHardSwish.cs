using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>
/// <c>HardSwishPrepare</c> of micro/kernels/hard_swish_common.cc and <c>HardSwish</c> of
/// kernels/internal/reference/hard_swish.h, in their types.
/// </summary>
internal static class PlainHardSwish
{
    public static int Code(int x, Quantization input, Quantization output)
    {
        float fineScale = 1.0f / 128.0f * input.Scale;
        (short outputMultiplier, int outputExponent) = Multiplier(fineScale / output.Scale);
        (short reluMultiplier, int reluExponent) = Multiplier(fineScale / (3.0f / 32768.0f));

        short value = (short)(x - input.ZeroPoint);
        short fine = (short)(value * (1 << 7));
        short onOutputScale = Gemmlowp.SaturatingRoundingDoublingHighMul(fine, outputMultiplier);
        short relu = fine;
        if (reluExponent > 0)
        {
            relu = SaturatingLeftShift(relu, reluExponent - 1);
        }

        relu = Gemmlowp.SaturatingRoundingDoublingHighMul(relu, reluMultiplier);
        if (reluExponent > 0)
        {
            relu = SaturatingLeftShift(relu, 1);
        }

        if (reluExponent < 0)
        {
            relu = Gemmlowp.RoundingDivideByPot(relu, -reluExponent);
        }

        relu = (short)((relu + (1 << 15)) >> 1);
        short product = (short)(relu * onOutputScale / (1 << 15)); // SaturatingDoublingHighMul, of a gate from 0 on
        short code = Gemmlowp.RoundingDivideByPot(product, -outputExponent);
        return Math.Clamp((short)(code + output.ZeroPoint), sbyte.MinValue, sbyte.MaxValue);
    }

    /// <summary>DownScaleInt32ToInt16Multiplier of kernels/internal/common.h.</summary>
    private static (short Multiplier, int Exponent) Multiplier(float real)
    {
        (int multiplier, int exponent) = Gemmlowp.QuantizeMultiplier(real);
        const int offset = 1 << 15;
        return (multiplier >= int.MaxValue - offset ? short.MaxValue : (short)((multiplier + offset) >> 16), exponent);
    }

    private static short SaturatingLeftShift(short value, int amount) =>
        (short)Math.Clamp((long)value * (1 << amount), short.MinValue, short.MaxValue);
}
