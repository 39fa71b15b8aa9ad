using System.Numerics;
using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>Sums of many tensors and along a dimension, other types, one value for all, logarithms of shares.</summary>
internal static class SumCases
{
    [KernelCase("AddN.Sum", "AddN.Int8")]
    public static void Tensors(GuardedSpans s)
    {
        (int length, int count) = (s.Length(), s.Int(2, 6));
        sbyte[][] inputs = s.Values(count, () => s.Codes(length));
        SumScale scale = new(s);
        Span<int> sums = s.Room<int>(length);
        for (int i = 0; i < count; i++)
        {
            AddN.Sum(s.Copy(inputs[i]), i == 0, sums);
        }

        int[] centred = [.. Enumerable.Range(0, length).Select(e => inputs.Sum(x => x[e] - scale.ZeroPoint))];
        Span<sbyte> output = s.Room<sbyte>(length);
        if (scale.IsSingle)
        {
            AddN.Int8<SingleRounding>(sums, count, scale.Sum, output);
        }
        else
        {
            AddN.Int8<DoubleRounding>(sums, count, scale.Sum, output);
        }

        Assert.Equal(Array.ConvertAll(centred, scale.Code), output.ToArray());
    }

    [KernelCase("Cumsum.Float32", "Cumsum.Int8")]
    public static void Running(GuardedSpans s)
    {
        int inner = s.Once(3) ? 1 : s.Length(20);
        (int outer, int size) = (s.Int(1, 13), s.Length(inner == 1 ? 129 : 40));
        (bool exclusive, bool reverse) = (s.Once(2), s.Once(2));
        float[] reals = s.Eighths(outer * size * inner);
        sbyte[] codes = s.Codes(reals.Length);
        SumScale scale = new(s);
        Span<float> realSums = s.Room<float>(reals.Length);
        Span<sbyte> codeSums = s.Room<sbyte>(reals.Length);
        Cumsum.Float32(s.Copy(reals), size, inner, exclusive, reverse, realSums);
        if (scale.IsSingle)
        {
            Cumsum.Int8<SingleRounding>(s.Copy(codes), size, inner, exclusive, reverse, scale.Sum, codeSums);
        }
        else
        {
            Cumsum.Int8<DoubleRounding>(s.Copy(codes), size, inner, exclusive, reverse, scale.Sum, codeSums);
        }

        for (int i = 0; i < reals.Length; i++)
        {
            (int index, int first) = (i / inner % size, (i / (size * inner) * size * inner) + (i % inner));
            int[] places = [.. Enumerable.Range(0, size)
                .Where(k => (reverse ? k > index : k < index) || (k == index && !exclusive))
                .Select(k => first + (k * inner))];
            Assert.Equal(places.Sum(place => reals[place]), realSums[i]);
            Assert.Equal(scale.Code(places.Sum(place => codes[place] - scale.ZeroPoint)), codeSums[i]);
        }
    }

    [KernelCase("Cast.Run", "Fill.Run", "Fill.Zeros")]
    public static void Types(GuardedSpans s)
    {
        int[] integers = s.Values(s.Length(), () => s.Of(s.Int(-9, 9), s.Int(int.MinValue, int.MaxValue)));
        Casts(s, integers, x => x, x => (float)x);
        Casts(s, Array.ConvertAll(integers, x => (sbyte)x), x => x, x => (float)x);
        Casts(s, Array.ConvertAll(integers, x => (short)x), x => x, x => (float)x);
        Casts(s, Array.ConvertAll(integers, x => (uint)x), x => x, x => (float)x);
        Casts(s, Array.ConvertAll(integers, x => x > 0), x => x ? 1 : 0, x => x ? 1f : 0);
        Casts(s, s.Eighths(integers.Length), x => (long)Math.Truncate(x), x => x);

        // What no integer holds is the highest bit of 32, or the low bits of 64 where it is uint32.
        float[] huge = s.Values(integers.Length, () => s.Of(float.NaN, 3e9f, -3e9f, 1e30f, float.NegativeInfinity));
        Converted<float, int>(s, huge, _ => int.MinValue);
        Converted<float, sbyte>(s, huge, _ => 0);
        Converted<float, uint>(s, huge, x => Math.Abs(x) < 1e10f ? unchecked((uint)(long)x) : 0);

        Filled(s, s.Codes(1));
        Filled(s, s.Eighths(1));
        Filled(s, integers[..1]);
    }

    [KernelCase("LogSoftmax.Int8", "LogSoftmax.Float32")]
    public static void Logarithms(GuardedSpans s)
    {
        (int rows, int depth) = (s.Int(1, 4), s.Length());
        sbyte[] codes = s.Codes(rows * depth);
        double scale = s.Of(0.125, 0.05, 0.3);
        int[] exponentials = [.. Enumerable.Range(0, 256).Select(d =>
            scale * d > 31 ? 0 : (int)Math.Round(Math.Exp(-d * scale) * (1 << 19)))];
        int[] differences = [.. Enumerable.Range(0, 256).Select(d =>
            (int)Math.Max(Math.Round(-d * scale * (1 << 26)), int.MinValue))];
        double reverse = 1 / (scale * (1 << 26));
        int shift = Math.ILogB(reverse) + 1;
        LogSoftmaxConstants constants = new(
            s.Copy(exponentials), s.Copy(differences), -(int)(31 / scale), (int)Math.ScaleB(reverse, 31 - shift),
            shift);
        Span<sbyte> output = s.Room<sbyte>(codes.Length);
        Span<float> reals = s.Room<float>(codes.Length);
        if (s.Once(2))
        {
            LogSoftmax.Int8<DoubleRounding>(s.Copy(codes), depth, constants, output);
        }
        else
        {
            LogSoftmax.Int8<SingleRounding>(s.Copy(codes), depth, constants, output);
        }

        LogSoftmax.Float32(s.Copy(Array.ConvertAll(codes, code => (float)(code * scale))), depth, reals);
        for (int i = 0; i < codes.Length; i++)
        {
            int max = codes.Skip(i / depth * depth).Take(depth).Max();
            double logarithm = ((codes[i] - max) * scale)
                - Math.Log(codes.Skip(i / depth * depth).Take(depth).Sum(code => Math.Exp((code - max) * scale)));
            Assert.Equal(Math.Max((logarithm * 16) + 127, -128), output[i], 0.8);
            Assert.Equal(logarithm, reals[i], 1e-4);
        }
    }

    private static void Casts<T>(GuardedSpans s, T[] input, Func<T, long> integer, Func<T, float> real)
        where T : unmanaged
    {
        Converted(s, input, x => unchecked((sbyte)integer(x)));
        Converted(s, input, x => unchecked((short)integer(x)));
        Converted(s, input, x => unchecked((int)integer(x)));
        Converted(s, input, x => unchecked((uint)integer(x)));
        Converted(s, input, real);
    }

    private static void Converted<TFrom, TTo>(GuardedSpans s, TFrom[] input, Func<TFrom, TTo> formula)
        where TFrom : unmanaged
        where TTo : unmanaged, INumber<TTo>
    {
        Span<TTo> output = s.Room<TTo>(input.Length);
        Cast.Run<TFrom, TTo>(s.Copy(input), output);
        Assert.Equal(Array.ConvertAll(input, x => formula(x)), output.ToArray());
    }

    private static void Filled<T>(GuardedSpans s, T[] value)
        where T : unmanaged
    {
        Span<T> output = s.Room<T>(s.Length());
        Fill.Run<T>(s.Copy(value), output);
        Assert.Equal([.. Enumerable.Repeat(value[0], output.Length)], output.ToArray());
        Fill.Zeros(output);
        Assert.Equal(new T[output.Length], output.ToArray());
    }

    /// <summary>Random constants that take a sum of codes to codes, and the codes by the published formula.</summary>
    private readonly struct SumScale(GuardedSpans s)
    {
        private readonly int _multiplier = s.Int(1 << 30, int.MaxValue);
        private readonly int _shift = s.Int(-24, -14);
        private readonly int _output = s.Int(-128, 127);

        public bool IsSingle { get; } = s.Once(2);

        public int ZeroPoint { get; } = s.Int(-128, 127);

        public CodeSum Sum => new(ZeroPoint, _multiplier, _shift, _output);

        /// <summary>Of codes less their zero point; the reference's sum begins with a zero point too few.</summary>
        public sbyte Code(int centred)
        {
            int sum = unchecked((centred - ZeroPoint) * (1 << 19));
            return (sbyte)Math.Clamp(FixedPointCase.Scale(IsSingle, sum, _multiplier, _shift) + _output, -128, 127);
        }
    }
}
