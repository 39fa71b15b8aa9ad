using System.Numerics;
using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>Truth values: what is compared, what is made of them, and what they choose.</summary>
internal static class ComparisonCases
{
    [KernelCase("Comparison.Run", "Comparison.Bool", "Comparison.Int8")]
    public static void Comparisons(GuardedSpans s)
    {
        Compare<EqualTo>(s, (l, r) => l == r);
        Compare<NotEqualTo>(s, (l, r) => l != r);
        Compare<GreaterThan>(s, (l, r) => l > r);
        Compare<GreaterThanOrEqual>(s, (l, r) => l >= r);
        Compare<LessThan>(s, (l, r) => l < r);
        Compare<LessThanOrEqual>(s, (l, r) => l <= r);
    }

    [KernelCase("Elementwise.LogicalAnd", "Elementwise.LogicalOr", "Elementwise.LogicalNot", "Select.Where",
        "LookupTable.Int8ToBool")]
    public static void Logic(GuardedSpans s)
    {
        BroadcastShape shape = new(s);
        bool[] left = Truths(s, shape.LeftLength), right = Truths(s, shape.RightLength);
        shape.Compare<bool, bool, bool>(s, left, right, (l, r) => l && r,
            (l, r, g, y) => Elementwise.LogicalAnd(l, r, g, y));
        shape.Compare<bool, bool, bool>(s, left, right, (l, r) => l || r,
            (l, r, g, y) => Elementwise.LogicalOr(l, r, g, y));
        Span<bool> opposite = s.Room<bool>(left.Length);
        Elementwise.LogicalNot(s.Copy(left), opposite);
        Assert.Equal(Array.ConvertAll(left, x => !x), opposite.ToArray());

        Choose(s, shape, left, s.Codes(shape.RightLength), (sbyte)99);
        Choose(s, shape, left, Array.ConvertAll(s.Codes(shape.RightLength), code => (short)(code * 250)), (short)99);
        Choose(s, shape, left, s.Eighths(shape.RightLength), 99f);

        sbyte[] codes = s.Codes(s.Length());
        bool[] table = Truths(s, 256);
        Span<bool> looked = s.Room<bool>(codes.Length);
        LookupTable.Int8ToBool(s.Copy(codes), s.Copy(table), looked);
        Assert.Equal(Array.ConvertAll(codes, code => table[code + 128]), looked.ToArray());
    }

    private static void Choose<T>(GuardedSpans s, BroadcastShape shape, bool[] condition, T[] values, T other)
        where T : unmanaged
    {
        bool wanted = s.Once(2);
        shape.Compare<bool, T, T>(s, condition, values, (c, x) => c == wanted ? x : other, (c, x, g, y) =>
        {
            y.Fill(other);
            Select.Where(c, x, g, wanted, y);
        });
    }

    private static void Compare<TComparison>(GuardedSpans s, Func<double, double, bool> formula)
        where TComparison : struct, IComparison
    {
        BroadcastShape shape = new(s);
        int[] left = Few(s, shape.LeftLength), right = Few(s, shape.RightLength);
        Numbers(s, shape, left, right);
        Numbers(s, shape, Array.ConvertAll(left, x => (long)x << 40), Array.ConvertAll(right, x => (long)x << 40));
        Numbers(s, shape, Reals(left), Reals(right));
        bool[] truths = Array.ConvertAll(left, x => x > 0), others = Array.ConvertAll(right, x => x > 0);
        shape.Compare<bool, bool, bool>(s, truths, others, (l, r) => formula(l ? 1 : 0, r ? 1 : 0),
            (l, r, g, y) => Comparison.Bool<TComparison>(l, r, g, y));

        bool isSingle = s.Once(2);
        (int zeroLeft, int zeroRight) = (s.Int(-128, 127), s.Int(-128, 127));
        (int Multiplier, int Shift) ofLeft = (s.Int(1 << 30, int.MaxValue), s.Int(-12, 0)),
            ofRight = s.Once(2) ? ofLeft : (s.Int(1 << 30, int.MaxValue), s.Int(-12, 0));
        ComparisonConstants constants = new(
            zeroLeft, ofLeft.Multiplier, ofLeft.Shift, zeroRight, ofRight.Multiplier, ofRight.Shift);
        int Scaled(int centred, (int Multiplier, int Shift) factor) =>
            FixedPointCase.Scale(isSingle, centred * 256, factor.Multiplier, factor.Shift);
        shape.Compare<sbyte, sbyte, bool>(s, s.Codes(left.Length), s.Codes(right.Length),
            (l, r) => formula(Scaled(l - zeroLeft, ofLeft), Scaled(r - zeroRight, ofRight)),
            isSingle
                ? (l, r, g, y) => Comparison.Int8<TComparison, SingleRounding>(l, r, g, constants, y)
                : (l, r, g, y) => Comparison.Int8<TComparison, DoubleRounding>(l, r, g, constants, y));

        // All codes with one value, on either side.
        sbyte[] all = [.. Enumerable.Range(-128, 256).Select(code => (sbyte)code)], one = s.Codes(1);
        BroadcastGeometry ofOne = new(s.Copy((int[])[256]), s.Copy((int[])[1]), s.Copy((int[])[0]));
        BroadcastGeometry oneOf = new(s.Copy((int[])[256]), s.Copy((int[])[0]), s.Copy((int[])[1]));
        Span<bool> first = s.Room<bool>(256), second = s.Room<bool>(256);
        if (isSingle)
        {
            Comparison.Int8<TComparison, SingleRounding>(s.Copy(all), s.Copy(one), ofOne, constants, first);
            Comparison.Int8<TComparison, SingleRounding>(s.Copy(one), s.Copy(all), oneOf, constants, second);
        }
        else
        {
            Comparison.Int8<TComparison, DoubleRounding>(s.Copy(all), s.Copy(one), ofOne, constants, first);
            Comparison.Int8<TComparison, DoubleRounding>(s.Copy(one), s.Copy(all), oneOf, constants, second);
        }

        int left1 = Scaled(one[0] - zeroLeft, ofLeft), right1 = Scaled(one[0] - zeroRight, ofRight);
        Assert.Equal(Array.ConvertAll(all, l => formula(Scaled(l - zeroLeft, ofLeft), right1)), first.ToArray());
        Assert.Equal(Array.ConvertAll(all, r => formula(left1, Scaled(r - zeroRight, ofRight))), second.ToArray());

        void Numbers<T>(GuardedSpans s, BroadcastShape shape, T[] left, T[] right)
            where T : unmanaged, INumber<T> => shape.Compare<T, T, bool>(
                s, left, right, (l, r) => formula(double.CreateChecked(l), double.CreateChecked(r)),
                (l, r, g, y) => Comparison.Run<T, TComparison>(l, r, g, y));
    }

    /// <summary>So few that many are equal.</summary>
    private static int[] Few(GuardedSpans s, int count) => s.Values(count, () => s.Int(-2, 2));

    /// <summary>The same, some of them NaN.</summary>
    private static float[] Reals(int[] numbers) => Array.ConvertAll(numbers, x => x == 2 ? float.NaN : x / 2f);

    private static bool[] Truths(GuardedSpans s, int count) => s.Values(count, () => s.Once(2));
}
