using System.Numerics;
using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>Sums, extremes and greatest places along dimensions.</summary>
internal static class ReductionCases
{
    [KernelCase("Reduction.Int8", "Reduction.Float32", "Reduction.Greatest", "Reduction.Least",
        "Reduction.All")]
    public static void Views(GuardedSpans s)
    {
        (ViewCase kept, ViewCase reduced) = Both(s);
        int length = kept.Farthest + reduced.Farthest + 1;
        sbyte[] codes = s.Codes(length);
        float[] reals = s.Eighths(length);
        int[] places = kept.Places(), distances = reduced.Places();
        (int zeroPoints, int multiplier, int shift, int zeroPoint) = (
            s.Int(-9_000, 9_000), s.Int(1 << 30, int.MaxValue), s.Int(-12, -2), s.Int(-128, 127));
        bool isSingle = s.Once(2);
        Span<sbyte> sums = s.Room<sbyte>(places.Length);
        if (isSingle)
        {
            Reduction.Int8<SingleRounding>(
                s.Copy(codes), kept.View(s), reduced.View(s), zeroPoints, multiplier, shift, zeroPoint, sums);
        }
        else
        {
            Reduction.Int8<DoubleRounding>(
                s.Copy(codes), kept.View(s), reduced.View(s), zeroPoints, multiplier, shift, zeroPoint, sums);
        }

        int Code(int sum) =>
            Math.Clamp(FixedPointCase.Scale(isSingle, sum - zeroPoints, multiplier, shift) + zeroPoint, -128, 127);
        Assert.Equal(places.Select(place => (sbyte)Code(distances.Sum(far => codes[place + far]))), sums.ToArray());

        Span<float> means = s.Room<float>(places.Length);
        Reduction.Float32(s.Copy(reals), kept.View(s), reduced.View(s), 4, means);
        Assert.Equal(places.Select(place => distances.Sum(far => reals[place + far]) / 4), means.ToArray());
        Extremes(s, kept, reduced, codes);
        Extremes(s, kept, reduced, reals);

        bool[] truths = s.Values(length, () => !s.Once(9));
        Span<bool> all = s.Room<bool>(places.Length);
        Reduction.All(s.Copy(truths), kept.View(s), reduced.View(s), all);
        Assert.Equal(places.Select(place => distances.All(far => truths[place + far])), all.ToArray());
    }

    [KernelCase("Reduction.Int16")]
    public static void Int16(GuardedSpans s)
    {
        (ViewCase kept, ViewCase reduced) = Both(s);
        short[] codes = WordCases.Codes(s, kept.Farthest + reduced.Farthest + 1);
        int[] places = kept.Places(), distances = reduced.Places();
        (int zeroPoints, int multiplier, int shift, int zeroPoint) = (
            s.Int(-9_000, 9_000), s.Int(1 << 30, int.MaxValue), s.Int(-12, -2), s.Int(-900, 900));
        bool isSingle = s.Once(2);
        Span<short> sums = s.Room<short>(places.Length);
        if (isSingle)
        {
            Reduction.Int16<SingleRounding>(
                s.Copy(codes), kept.View(s), reduced.View(s), zeroPoints, multiplier, shift, zeroPoint, sums);
        }
        else
        {
            Reduction.Int16<DoubleRounding>(
                s.Copy(codes), kept.View(s), reduced.View(s), zeroPoints, multiplier, shift, zeroPoint, sums);
        }

        short Code(int sum) => (short)Math.Clamp(
            FixedPointCase.Scale(isSingle, sum - zeroPoints, multiplier, shift) + zeroPoint, -32768, 32767);
        Assert.Equal(places.Select(place => Code(distances.Sum(far => codes[place + far]))), sums.ToArray());
    }

    [KernelCase("ArgMax.Along", "ArgMax.Run", "ArgMin.Along")]
    public static void Places(GuardedSpans s)
    {
        int inner = s.Once(3) ? 1 : s.Length(40);
        (int outer, int size) = (inner == 1 ? s.Length(40) : s.Int(1, 4), s.Once(20) ? 300 : s.Length(70));

        // Few values, so that many are equal, and NaN, of which strides and first places must not make one the
        // greatest.
        sbyte[] codes = s.Values(outer * size * inner, () => (sbyte)(s.Once(2) ? -128 : s.Int(-3, 3)));
        float[] reals = s.Values(
            codes.Length, () => s.Once(4) ? float.NaN : s.Once(9) ? float.NegativeInfinity : s.Int(-3, 3));
        reals = ReplaceFirst(reals, size, inner);
        Span<int> ofCodes = s.Room<int>(outer * inner), ofReals = s.Room<int>(outer * inner);
        ArgMax.Along(s.Copy(codes), size, inner, ofCodes);
        ArgMax.Along(s.Copy(reals), size, inner, ofReals);
        Span<int> least = s.Room<int>(outer * inner), leastReals = s.Room<int>(outer * inner);
        ArgMin.Along<sbyte>(s.Copy(codes), size, inner, least);
        ArgMin.Along<float>(s.Copy(reals), size, inner, leastReals);
        Span<long> wide = s.Room<long>(outer * inner), wideReals = s.Room<long>(outer * inner),
            wideLeast = s.Room<long>(outer * inner);
        ArgMax.Along(s.Copy(codes), size, inner, wide);
        ArgMax.Along(s.Copy(reals), size, inner, wideReals);
        ArgMin.Along<sbyte>(s.Copy(codes), size, inner, wideLeast);
        for (int i = 0; i < ofCodes.Length; i++)
        {
            Assert.Equal((ofCodes[i], ofReals[i], least[i]), (wide[i], wideReals[i], wideLeast[i]));
            int first = (i / inner * size * inner) + (i % inner);
            sbyte[] row = [.. Enumerable.Range(0, size).Select(k => codes[first + (k * inner)])];
            float[] realRow = [.. Enumerable.Range(0, size).Select(k => reals[first + (k * inner)])];
            int greatest = Array.IndexOf(row, row.Max());
            int greatestReal = Array.IndexOf(realRow, realRow.Where(real => !float.IsNaN(real)).Max());
            Assert.Equal(greatest, ofCodes[i]);
            Assert.Equal(greatestReal, ofReals[i]);
            Assert.Equal(Array.IndexOf(row, row.Min()), least[i]);
            Assert.Equal(
                Array.IndexOf(realRow, realRow.Where(real => !float.IsNaN(real)).Min()), leastReals[i]);
            Assert.Equal(greatest, ArgMax.Run(s.Copy(row)));
            Assert.Equal(greatest, ArgMax.Run(s.Copy(Array.ConvertAll(row, code => (byte)(code + 128)))));
            Assert.Equal(greatest, ArgMax.Run(s.Copy(Array.ConvertAll(row, code => code * 10_000_000))));
            Assert.Equal(greatestReal, ArgMax.Run(s.Copy(realRow)));
        }
    }

    private static (ViewCase Kept, ViewCase Reduced) Both(GuardedSpans s) => s.Once(3)
        ? ViewCase.Rows(s)
        : (new(s, repeats: true, isForward: false), new(s, repeats: true, isForward: true));

    // A number in the first place of each row: what NaN there means is for ArgMaxTests.
    private static float[] ReplaceFirst(float[] reals, int size, int inner) =>
        [.. reals.Select((real, i) => i / inner % size == 0 && float.IsNaN(real) ? -2 : real)];

    private static void Extremes<T>(GuardedSpans s, ViewCase kept, ViewCase reduced, T[] input)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        int[] places = kept.Places(), distances = reduced.Places();
        Span<T> greatest = s.Room<T>(places.Length), least = s.Room<T>(places.Length);
        Reduction.Greatest<T>(s.Copy(input), kept.View(s), reduced.View(s), greatest);
        Reduction.Least<T>(s.Copy(input), kept.View(s), reduced.View(s), least);
        Assert.Equal(places.Select(place => distances.Max(far => input[place + far])), greatest.ToArray());
        Assert.Equal(places.Select(place => distances.Min(far => input[place + far])), least.ToArray());
    }
}
