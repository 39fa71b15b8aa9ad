using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>Quotients, remainders and squared differences of two operands that are stretched to one shape.</summary>
internal static class QuotientCases
{
    [KernelCase("Elementwise.Div", "Elementwise.FloorDiv", "Elementwise.FloorMod", "Div.Int32")]
    public static void Numbers(GuardedSpans s)
    {
        BroadcastShape shape = new(s);
        float[] left = s.Eighths(shape.LeftLength), right = s.Eighths(shape.RightLength);
        shape.Compare<float, float, float>(s, left, right, (l, r) => Math.Clamp(l / r, -3, 5),
            (l, r, g, y) => Elementwise.Div(l, r, g, -3, 5, y));
        shape.Compare<float, float, float>(s, left, right, (l, r) => MathF.Floor(l / r),
            (l, r, g, y) => Elementwise.FloorDiv(l, r, g, y));
        shape.Compare<float, float, float>(s, left, right, (l, r) => l - (r * MathF.Floor(l / r)),
            (l, r, g, y) => Elementwise.FloorMod(l, r, g, y));

        int[] dividends = Integers(s, shape.LeftLength), divisors = Integers(s, shape.RightLength);
        (int min, int max) = s.Of((int.MinValue, int.MaxValue), (0, 6));
        shape.Compare<int, int, int>(s, dividends, divisors, (l, r) => Math.Clamp(
            r == 0 ? l == 0 ? 0 : l > 0 ? int.MaxValue : int.MinValue
                : (int)Math.Min(Math.Truncate((double)l / r), int.MaxValue), min, max),
            (l, r, g, y) => Div.Int32(l, r, g, min, max, y));
    }

    /// <summary>The last bit of a code is for the tests of operators, with the reference's arithmetic.</summary>
    [KernelCase("Div.Int8")]
    public static void Codes(GuardedSpans s)
    {
        BroadcastShape shape = new(s);
        sbyte[] left = s.Codes(shape.LeftLength), right = s.Codes(shape.RightLength);
        (int zeroLeft, int zeroRight, int zero) = (s.Int(-128, 127), s.Int(-128, 127), s.Int(-128, 127));
        (int multiplier, int shift) = (s.Int(1 << 30, int.MaxValue), s.Int(-6, 12));
        (int min, int max) = s.Of((-128, 127), (-20, 90));
        int[] reciprocals =
            [.. Enumerable.Range(0, 256).Select(d => d == 0 ? 0
                : (int)Math.Min(Math.Round(Math.ScaleB(1.0, 31 + Math.ILogB(d)) / d), int.MaxValue))];
        Span<sbyte> output = s.Room<sbyte>(shape.Length);
        Div.Int8(s.Copy(left), s.Copy(right), shape.Geometry(s),
            new(s.Copy(reciprocals), zeroLeft, zeroRight, zero, multiplier, shift, min, max), output);
        for (int i = 0; i < output.Length; i++)
        {
            (int l, int r) = shape.Operands(i);
            (double n, double d) = (left[l] - zeroLeft, right[r] - zeroRight);
            double real = d == 0 ? n == 0 ? 0 : n / 0.0 : n / d * Math.ScaleB(multiplier, shift - 31);
            double code = Math.Clamp(real + zero, min, max);
            Assert.InRange(output[i], code - 0.6, code + 0.6);
        }
    }

    [KernelCase("Elementwise.SquaredDifference", "SquaredDifference.Int8", "SquaredDifference.Int16")]
    public static void Squares(GuardedSpans s)
    {
        BroadcastShape shape = new(s);
        shape.Compare<float, float, float>(
            s, s.Eighths(shape.LeftLength), s.Eighths(shape.RightLength), (l, r) => (l - r) * (l - r),
            (l, r, g, y) => Elementwise.SquaredDifference(l, r, g, y));
        shape.Compare<int, int, int>(
            s, Integers(s, shape.LeftLength), Integers(s, shape.RightLength), (l, r) => unchecked((l - r) * (l - r)),
            (l, r, g, y) => Elementwise.SquaredDifference(l, r, g, y));
        if (s.Once(2))
        {
            Squares<DoubleRounding>(s, shape);
        }
        else
        {
            Squares<SingleRounding>(s, shape);
        }
    }

    private static void Squares<TRounding>(GuardedSpans s, BroadcastShape shape)
        where TRounding : struct, IFixedPointRounding
    {
        bool isSingle = typeof(TRounding) == typeof(SingleRounding);
        (int Multiplier, int Shift) ofLeft = (s.Int(1 << 30, int.MaxValue), s.Int(-8, -1)),
            ofRight = (s.Int(1 << 30, int.MaxValue), s.Int(-8, -1)), ofSquare = (s.Int(1 << 30, int.MaxValue), 0);
        int Scale(int x, (int Multiplier, int Shift) factor) =>
            FixedPointCase.Scale(isSingle, x, factor.Multiplier, factor.Shift);
        int Square(int l, int r, int leftShift)
        {
            int apart = Scale(l << leftShift, ofLeft) - Scale(r << leftShift, ofRight);
            return Scale(apart * apart, ofSquare);
        }

        ofSquare.Shift = s.Int(-24, -10);
        (int zeroLeft, int zeroRight, int zero) = (s.Int(-128, 127), s.Int(-128, 127), s.Int(-128, 127));
        SquaredDifferenceConstants bytes = new(
            zeroLeft, ofLeft.Multiplier, ofLeft.Shift, zeroRight, ofRight.Multiplier, ofRight.Shift, zero,
            ofSquare.Multiplier, ofSquare.Shift);
        shape.Compare<sbyte, sbyte, sbyte>(s, s.Codes(shape.LeftLength), s.Codes(shape.RightLength),
            (l, r) => (sbyte)Math.Clamp(Square(l - zeroLeft, r - zeroRight, 7) + zero, -128, 127),
            (l, r, g, y) => SquaredDifference.Int8<TRounding>(l, r, g, bytes, y));

        SquaredDifferenceConstants words = new(
            0, ofLeft.Multiplier, ofLeft.Shift, 0, ofRight.Multiplier, ofRight.Shift, 0, ofSquare.Multiplier,
            ofSquare.Shift);
        shape.Compare<short, short, short>(s, Words(s, shape.LeftLength), Words(s, shape.RightLength),
            (l, r) => (short)Math.Clamp(Square(l, r, 0), short.MinValue, short.MaxValue),
            (l, r, g, y) => SquaredDifference.Int16<TRounding>(l, r, g, words, y));
    }

    private static int[] Integers(GuardedSpans s, int count) => s.Values(
        count, () => s.Of(s.Int(-9, 9), s.Int(-100_000, 100_000), int.MinValue, int.MaxValue));

    private static short[] Words(GuardedSpans s, int count) => s.Values(
        count, () => (short)s.Of(s.Int(short.MinValue, short.MaxValue), short.MinValue, short.MaxValue));
}
