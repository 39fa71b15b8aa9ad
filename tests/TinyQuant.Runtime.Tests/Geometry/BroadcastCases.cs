using System.Numerics;
using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>Operators of two operands that are stretched to one shape of any rank.</summary>
internal static class BroadcastCases
{
    private delegate void Kernel<T>(
        ReadOnlySpan<T> left, ReadOnlySpan<T> right, BroadcastGeometry geometry, Span<T> output);

    [KernelCase("Add.Int8", "Add.SubInt8", "LinearAdd.Int8", "Mul.Int8", "Prelu.Int8")]
    public static void Int8(GuardedSpans s)
    {
        if (s.Once(2))
        {
            Int8<DoubleRounding>(s);
        }
        else
        {
            Int8<SingleRounding>(s);
        }
    }

    [KernelCase("Add.Int16", "Add.SubInt16", "Mul.Int16", "Prelu.Int16")]
    public static void Int16(GuardedSpans s)
    {
        if (s.Once(2))
        {
            Int16<DoubleRounding>(s);
        }
        else
        {
            Int16<SingleRounding>(s);
        }
    }

    [KernelCase("Elementwise.AddInt32", "Elementwise.SubInt32", "Elementwise.MulInt32", "Elementwise.Maximum",
        "Elementwise.Minimum")]
    public static void Integers(GuardedSpans s)
    {
        BroadcastShape shape = new(s);
        int Any() => s.Once(4) ? s.Of(int.MinValue, int.MaxValue, -1) : s.Int(-100_000, 100_000);
        int[] left = s.Values(shape.LeftLength, Any), right = s.Values(shape.RightLength, Any);
        (int min, int max) = s.Of((int.MinValue, int.MaxValue), (0, 6), (0, int.MaxValue));
        Compare(s, shape, left, right, (l, r) => Math.Clamp(unchecked(l + r), min, max),
            (l, r, g, y) => Elementwise.AddInt32(l, r, g, min, max, y));
        Compare(s, shape, left, right, (l, r) => Math.Clamp(unchecked(l - r), min, max),
            (l, r, g, y) => Elementwise.SubInt32(l, r, g, min, max, y));
        Compare(s, shape, left, right, (l, r) => Math.Clamp(unchecked(l * r), min, max),
            (l, r, g, y) => Elementwise.MulInt32(l, r, g, min, max, y));
        Extremes(s, shape, left, right);
        Extremes(s, shape, Array.ConvertAll(left, x => (long)x << 20), Array.ConvertAll(right, x => (long)x << 20));
        Extremes(s, shape, Array.ConvertAll(left, x => (short)x), Array.ConvertAll(right, x => (short)x));
    }

    private static void Extremes<T>(GuardedSpans s, BroadcastShape shape, T[] left, T[] right)
        where T : unmanaged, INumber<T>
    {
        Compare(s, shape, left, right, T.Max, (l, r, g, y) => Elementwise.Maximum(l, r, g, y));
        Compare(s, shape, left, right, T.Min, (l, r, g, y) => Elementwise.Minimum(l, r, g, y));
    }

    private static void Int16<TRounding>(GuardedSpans s)
        where TRounding : struct, IFixedPointRounding
    {
        bool isSingle = typeof(TRounding) == typeof(SingleRounding);
        int Scale(int x, (int Multiplier, int Shift) factor) =>
            FixedPointCase.Scale(isSingle, x, factor.Multiplier, factor.Shift);
        (int, int) Factor(int least, int most) => (s.Int(1 << 30, int.MaxValue), s.Int(least, most));
        BroadcastShape shape = new(s);
        short[] left = WordCases.Codes(s, shape.LeftLength), right = WordCases.Codes(s, shape.RightLength);
        bool hasZeros = s.Once(3);
        (int zeroLeft, int zeroRight, int zero) =
            hasZeros ? (s.Int(-900, 900), s.Int(-900, 900), s.Int(-900, 900)) : (0, 0, 0);
        (int min, int max) = s.Of((-32768, 32767), (-20, 9000));
        (int Multiplier, int Shift) ofLeft = Factor(-9, 0), ofRight = Factor(-9, 0), ofSum = Factor(-20, -12),
            ofProduct = Factor(-30, 2), ofSlope = Factor(-12, 2);

        // Sums that fit, as those of real factors do.
        ofLeft.Shift = Math.Min(ofLeft.Shift, -1);
        ofRight.Shift = Math.Min(ofRight.Shift, -1);
        int Code(int x, (int, int) factor) => (int)Math.Clamp((long)Scale(x, factor) + zero, min, max);
        int Wide(short x, int zeroPoint, (int, int) factor) => Scale((x - zeroPoint) << 15, factor);

        AddConstants add = new(
            zeroLeft, ofLeft.Multiplier, ofLeft.Shift, zeroRight, ofRight.Multiplier, ofRight.Shift, zero,
            ofSum.Multiplier, ofSum.Shift, min, max);
        Compare(s, shape, left, right,
            (l, r) => (short)Code(Wide(l, zeroLeft, ofLeft) + Wide(r, zeroRight, ofRight), ofSum),
            (l, r, g, y) => Add.Int16<TRounding>(l, r, g, add, y));
        Compare(s, shape, left, right,
            (l, r) => (short)Code(Wide(l, zeroLeft, ofLeft) - Wide(r, zeroRight, ofRight), ofSum),
            (l, r, g, y) => Add.SubInt16<TRounding>(l, r, g, add, y));
        MulConstants mul = new(zeroLeft, zeroRight, zero, ofProduct.Multiplier, ofProduct.Shift, min, max);
        Compare(s, shape, left, right,
            (l, r) => (short)Code((l - zeroLeft) * (r - zeroRight), ofProduct),
            (l, r, g, y) => Mul.Int16<TRounding>(l, r, g, mul, y));

        sbyte[] slopes = s.Codes(shape.RightLength);
        PreluConstants prelu = new(
            zeroLeft, zeroRight & 63, zero, ofLeft.Multiplier, ofLeft.Shift, ofSlope.Multiplier, ofSlope.Shift);
        Span<short> output = s.Room<short>(shape.Length);
        Prelu.Int16<TRounding>(s.Copy(left), s.Copy(slopes), shape.Geometry(s), prelu, output);
        for (int i = 0; i < output.Length; i++)
        {
            (int l, int r) = shape.Operands(i);
            int x = left[l] - zeroLeft;
            int scaled = x >= 0 ? Scale(x, ofLeft) : Scale(x * (slopes[r] - (zeroRight & 63)), ofSlope);
            Assert.Equal((short)Math.Clamp((long)scaled + zero, -32768, 32767), output[i]);
        }
    }

    [KernelCase("Elementwise.Add", "Elementwise.Sub", "Elementwise.Mul", "Elementwise.Maximum", "Elementwise.Minimum",
        "Prelu.Float32")]
    public static void Float32(GuardedSpans s)
    {
        BroadcastShape shape = new(s);
        float[] left = s.Eighths(shape.LeftLength), right = s.Eighths(shape.RightLength);
        Compare(s, shape, left, right, (l, r) => Math.Clamp(l + r, -3, 5),
            (l, r, g, y) => Elementwise.Add(l, r, g, -3, 5, y));
        Compare(s, shape, left, right, (l, r) => Math.Clamp(l - r, -3, 5),
            (l, r, g, y) => Elementwise.Sub(l, r, g, -3, 5, y));
        Compare(s, shape, left, right, (l, r) => Math.Clamp(l * r, -3, 5),
            (l, r, g, y) => Elementwise.Mul(l, r, g, -3, 5, y));
        Compare(s, shape, left, right, Math.Max, (l, r, g, y) => Elementwise.Maximum(l, r, g, y));
        Compare(s, shape, left, right, Math.Min, (l, r, g, y) => Elementwise.Minimum(l, r, g, y));
        Compare(s, shape, left, right, (l, r) => l >= 0 ? l : l * r, (l, r, g, y) => Prelu.Float32(l, r, g, y));
    }

    private static void Int8<TRounding>(GuardedSpans s)
        where TRounding : struct, IFixedPointRounding
    {
        bool isSingle = typeof(TRounding) == typeof(SingleRounding);
        int Scale(int x, (int Multiplier, int Shift) factor) =>
            FixedPointCase.Scale(isSingle, x, factor.Multiplier, factor.Shift);
        (int, int) Factor(int least, int most) => (s.Int(1 << 30, int.MaxValue), s.Int(least, most));
        BroadcastShape shape = new(s);
        sbyte[] left = s.Codes(shape.LeftLength), right = s.Codes(shape.RightLength);
        (int zeroLeft, int zeroRight, int zero) = (s.Int(-128, 127), s.Int(-128, 127), s.Int(-128, 127));
        (int min, int max) = s.Of((-128, 127), (-20, 90));
        (int Multiplier, int Shift) ofLeft = Factor(-12, 0), ofRight = Factor(-12, 0), ofSum = Factor(-26, -15),
            ofProduct = Factor(-12, 2);
        int Code(int x, (int, int) factor) => Math.Clamp(Scale(x, factor) + zero, min, max);
        int Wide(sbyte x, int zeroPoint, (int, int) factor) => Scale((x - zeroPoint) << 20, factor);

        AddConstants add = new(
            zeroLeft, ofLeft.Multiplier, ofLeft.Shift, zeroRight, ofRight.Multiplier, ofRight.Shift, zero,
            ofSum.Multiplier, ofSum.Shift, min, max);
        Compare(s, shape, left, right,
            (l, r) => (sbyte)Code(Wide(l, zeroLeft, ofLeft) + Wide(r, zeroRight, ofRight), ofSum),
            (l, r, g, y) => Add.Int8<TRounding>(l, r, g, add, y));
        Compare(s, shape, left, right,
            (l, r) => (sbyte)Code(Wide(l, zeroLeft, ofLeft) - Wide(r, zeroRight, ofRight), ofSum),
            (l, r, g, y) => Add.SubInt8<TRounding>(l, r, g, add, y));
        MulConstants mul = new(zeroLeft, zeroRight, zero, ofProduct.Multiplier, ofProduct.Shift, min, max);
        Compare(s, shape, left, right,
            (l, r) => (sbyte)Code((l - zeroLeft) * (r - zeroRight), ofProduct),
            (l, r, g, y) => Mul.Int8<TRounding>(l, r, g, mul, y));
        PreluConstants prelu = new(
            zeroLeft, zeroRight, zero, ofLeft.Multiplier, ofLeft.Shift, ofProduct.Multiplier, ofProduct.Shift);
        Compare(s, shape, left, right,
            (l, r) => (sbyte)Math.Clamp(
                (l >= zeroLeft ? Scale(l - zeroLeft, ofLeft) : Scale((l - zeroLeft) * (r - zeroRight), ofProduct))
                    + zero, -128, 127),
            (l, r, g, y) => Prelu.Int8<TRounding>(l, r, g, prelu, y));

        (int a, int b, int shift) = (s.Int(-(1 << 22), 1 << 22), s.Int(-(1 << 22), 1 << 22), s.Int(0, 30));
        int offset = s.Int(-(1 << 29), 1 << 29); // with which no sum leaves int32
        Compare(s, shape, left, right,
            (l, r) => (sbyte)Math.Clamp(((a * l) + (b * r) + offset) >> shift, min, max),
            (l, r, g, y) => LinearAdd.Int8(l, r, g, new(a, b, offset, shift, min, max), y));
    }

    private static void Compare<T>(
        GuardedSpans s, BroadcastShape shape, T[] left, T[] right, Func<T, T, T> formula, Kernel<T> kernel)
        where T : unmanaged, INumber<T>
    {
        Span<T> output = s.Room<T>(shape.Length);
        kernel(s.Copy(left), s.Copy(right), shape.Geometry(s), output);
        for (int i = 0; i < output.Length; i++)
        {
            (int l, int r) = shape.Operands(i);
            Assert.Equal(formula(left[l], right[r]), output[i]);
        }
    }
}
