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
