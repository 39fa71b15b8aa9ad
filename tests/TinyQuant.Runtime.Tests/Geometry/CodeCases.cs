using System.Numerics;
using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>Real values to codes, codes to real values, and codes to other codes.</summary>
internal static class CodeCases
{
    [KernelCase("Quantize.Run", "Quantize.FromPixels", "Quantize.Dynamic")]
    public static void ToCodes(GuardedSpans s)
    {
        float[] reals = s.Eighths(s.Length());
        const float scale = 0.25f; // halves of steps occur
        (int zeroPoint, int unsignedZero) = (s.Int(-128, 127), s.Int(0, 255));
        Span<sbyte> codes = s.Room<sbyte>(reals.Length);
        Span<byte> bytes = s.Room<byte>(reals.Length);
        Span<short> words = s.Room<short>(reals.Length);
        Quantize.Run(s.Copy(reals), scale, zeroPoint, codes);
        Quantize.Run(s.Copy(reals), scale, unsignedZero, bytes);
        Quantize.Run(s.Copy(reals), scale, zeroPoint, words);
        for (int i = 0; i < reals.Length; i++)
        {
            int steps = (int)MathF.Round(reals[i] / scale, MidpointRounding.AwayFromZero);
            Assert.Equal(Math.Clamp(steps + zeroPoint, -128, 127), codes[i]);
            Assert.Equal(Math.Clamp(steps + unsignedZero, 0, 255), bytes[i]);
            Assert.Equal(steps + zeroPoint, words[i]);
        }

        WordsAtTheEnds(s);
        byte[] pixels = s.Values(reals.Length, () => (byte)s.Int(0, 255));
        Quantize.FromPixels(s.Copy(pixels), codes);
        Assert.Equal(Array.ConvertAll(pixels, pixel => (sbyte)(pixel - 128)), codes.ToArray());

        // The range with 0 in 255 steps: TFLite's AsymmetricQuantizeFloats, whose last bits DynamicTests compare.
        Quantize.Dynamic(s.Copy(reals), codes, out float step, out int zero);
        for (int i = 0; i < reals.Length; i++)
        {
            Assert.Equal(reals[i], (codes[i] - zero) * step, 0.51 * step);
        }
    }

    /// <summary>int16 codes of what no code is near to, of NaN and of halves of steps.</summary>
    private static void WordsAtTheEnds(GuardedSpans s)
    {
        int zeroPoint = s.Of(0, short.MinValue, short.MaxValue, s.Int(short.MinValue, short.MaxValue));
        float[] reals = s.Values(s.Length(), () => s.Of(
            float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e30f, -1e30f, s.Int(-70_000, 70_000) / 2f));
        Span<short> words = s.Room<short>(reals.Length);
        Quantize.Run(s.Copy(reals), 1, zeroPoint, words);
        for (int i = 0; i < reals.Length; i++)
        {
            double steps = float.IsNaN(reals[i]) ? 0 : Math.Round((double)reals[i], MidpointRounding.AwayFromZero);
            Assert.Equal((short)Math.Clamp(steps + zeroPoint, short.MinValue, short.MaxValue), words[i]);
        }
    }

    [KernelCase("Dequantize.Run", "Requantize.Run")]
    public static void OfCodes(GuardedSpans s)
    {
        int length = s.Length();
        float scale = s.Random.NextSingle();
        int zeroPoint = s.Int(-128, 127);
        Span<float> reals = s.Room<float>(length);
        sbyte[] codes = s.Codes(length);
        Dequantize.Run(s.Copy(codes), scale, zeroPoint, reals);
        Assert.Equal(Array.ConvertAll(codes, code => (float)((double)scale * (code - zeroPoint))), reals.ToArray());
        byte[] bytes = Array.ConvertAll(codes, code => (byte)(code + 128));
        Dequantize.Run(s.Copy(bytes), scale, zeroPoint + 128, reals);
        Assert.Equal(
            Array.ConvertAll(bytes, code => (float)((double)scale * (code - zeroPoint - 128))), reals.ToArray());
        short[] words = Array.ConvertAll(codes, code => (short)(code * 250));
        Dequantize.Run(s.Copy(words), scale, zeroPoint, reals);
        Assert.Equal(Array.ConvertAll(words, code => (float)((double)scale * (code - zeroPoint))), reals.ToArray());

        Requantized<sbyte, sbyte>(s, codes);
        Requantized<sbyte, short>(s, codes);
        Requantized<byte, sbyte>(s, bytes);
        Requantized<short, sbyte>(s, words);
        Requantized<short, short>(s, words);
        Requantized<int, short>(s, Array.ConvertAll(words, code => code * 3));
    }

    private static void Requantized<TIn, TOut>(GuardedSpans s, TIn[] codes)
        where TIn : unmanaged, IBinaryInteger<TIn>
        where TOut : unmanaged, IBinaryInteger<TOut>, IMinMaxValue<TOut>
    {
        (int from, int to, int multiplier, int shift) = (
            s.Int(-100, 100), s.Int(-100, 100), s.Int(1 << 30, int.MaxValue), s.Int(-9, 3));
        Span<TOut> output = s.Room<TOut>(codes.Length);
        bool isSingle = s.Once(2);
        if (isSingle)
        {
            Requantize.Run<TIn, TOut, SingleRounding>(s.Copy(codes), from, multiplier, shift, to, output);
        }
        else
        {
            Requantize.Run<TIn, TOut, DoubleRounding>(s.Copy(codes), from, multiplier, shift, to, output);
        }

        Assert.Equal(
            Array.ConvertAll(codes,
                code =>
                    TOut.CreateSaturating(
                        (long)FixedPointCase.Scale(isSingle, int.CreateChecked(code) - from, multiplier, shift) + to)),
            output.ToArray());
    }
}
