using CsCheck;
using TinyQuant.Kernels;
using static TinyQuant.Runtime.Tests.Kernels.PublishedRounding;

namespace TinyQuant.Runtime.Tests.Kernels;

/// <summary>Add, Sub and Mul over lengths that take every path, with guard pages.</summary>
public class BinaryKernelTests
{
    private const int MaxLength = 70;

    private static readonly Gen<(int Multiplier, int Shift)> s_factor = Gen.Select(
        Gen.Int[1 << 30, int.MaxValue], Gen.Int[-12, 2]);
    private static readonly Gen<int> s_linear = Gen.OneOf(
        Gen.Int[-(1 << 23) + 256, (1 << 23) - 256],
        Gen.OneOfConst((1 << 23) - 256, -(1 << 23) + 256, 0, 127, 128, -128, -129, 255, 256));

    private static readonly Gen<(int Left, int Right)> s_factors = Gen.Select(s_linear, s_linear);
    private static readonly Gen<int> s_zeroPoint = Gen.Int[-128, 127];

    [Fact]
    public void Sums_and_differences_are_the_formula()
    {
        Sums<DoubleRounding>();
        Sums<SingleRounding>();
    }

    [Fact]
    public void Linear_forms_are_the_formula() =>
        Gen.Select(Operands, s_factors, Gen.Int, Gen.Int[0, 30], Clamp)
            .Sample((operands, factors, seed, shift, clamp) =>
        {
            // Any offset with which no sum leaves int32, the ends included.
            long most = int.MaxValue - (128L * (Math.Abs(factors.Left) + Math.Abs(factors.Right)));
            long offset = seed % 5 == 0 ? most * Math.Sign(seed) : new Random(seed).NextInt64(-most, most + 1);
            Compare(operands,
                (l, r) =>
                    (int)Math.Clamp((((long)factors.Left * l) + ((long)factors.Right * r) + offset) >> shift,
                        clamp.Item1, clamp.Item2),
                (l, r, g, y) =>
                    LinearAdd.Int8(
                        l, r, g, new(factors.Left, factors.Right, (int)offset, shift, clamp.Item1, clamp.Item2), y));
        }, iter: 5_000);

    [Fact]
    public void Products_are_the_formula()
    {
        Products<DoubleRounding>();
        Products<SingleRounding>();
    }

    [Fact]
    public void Extremes_are_one_of_the_two() =>
        Operands.Sample(operands =>
        {
            Compare(operands, (l, r) => Math.Max(l, r), (l, r, g, y) => Elementwise.Maximum(l, r, g, y));
            Compare(operands, (l, r) => Math.Min(l, r), (l, r, g, y) => Elementwise.Minimum(l, r, g, y));
        }, iter: 2_000);

    [Fact]
    public void Of_a_number_and_none_the_second_is_the_extreme()
    {
        float[] left = [.. Enumerable.Range(0, 19).Select(i => i % 2 == 0 ? float.NaN : i)];
        float[] right = [.. Enumerable.Range(0, 19).Select(i => i % 3 == 0 ? float.NaN : i - 1)];
        var actual = new float[19];
        Elementwise.Maximum<float>(left, right, default, actual);
        Assert.Equal(left.Zip(right, (l, r) => l > r ? l : r), actual);
        Elementwise.Minimum<float>(left, right, default, actual);
        Assert.Equal(left.Zip(right, (l, r) => l < r ? l : r), actual);
    }

    private static void Sums<TRounding>()
        where TRounding : struct, IFixedPointRounding =>
        Gen.Select(Operands, s_factor, s_factor, s_factor, Gen.Select(s_zeroPoint, s_zeroPoint, s_zeroPoint), Clamp)
            .Sample((operands, a, b, o, zero, clamp) =>
        {
            AddConstants constants = new(
                zero.Item1, a.Multiplier, Math.Min(a.Shift, 0), zero.Item2, b.Multiplier, Math.Min(b.Shift, 0),
                zero.Item3, o.Multiplier, o.Shift - 14, clamp.Item1, clamp.Item2);
            int Left(sbyte x) => Multiply<TRounding>((x - zero.Item1) << 20, a.Multiplier, Math.Min(a.Shift, 0));
            int Right(sbyte x) => Multiply<TRounding>((x - zero.Item2) << 20, b.Multiplier, Math.Min(b.Shift, 0));
            int Out(int sum) => Math.Clamp(
                Multiply<TRounding>(sum, o.Multiplier, o.Shift - 14) + zero.Item3, clamp.Item1, clamp.Item2);
            Compare(operands, (l, r) => Out(Left(l) + Right(r)),
                (l, r, g, y) => Add.Int8<TRounding>(l, r, g, constants, y));
            Compare(operands, (l, r) => Out(Left(l) - Right(r)),
                (l, r, g, y) => Add.SubInt8<TRounding>(l, r, g, constants, y));
        }, iter: 2_000);

    private static void Products<TRounding>()
        where TRounding : struct, IFixedPointRounding =>
        Gen.Select(Operands, s_factor, Gen.Select(s_zeroPoint, s_zeroPoint, s_zeroPoint), Clamp)
            .Sample((operands, factor, zero, clamp) =>
        {
            MulConstants constants = new(
                zero.Item1, zero.Item2, zero.Item3, factor.Multiplier, factor.Shift, clamp.Item1, clamp.Item2);
            Compare(operands,
                (l, r) => Math.Clamp(
                    Multiply<TRounding>((l - zero.Item1) * (r - zero.Item2), factor.Multiplier, factor.Shift)
                        + zero.Item3,
                    clamp.Item1, clamp.Item2),
                (l, r, g, y) => Mul.Int8<TRounding>(l, r, g, constants, y));
        }, iter: 2_000);

    private static Gen<(int, int)> Clamp => Gen.OneOfConst((-128, 127), (-20, 90), (0, 0));

    /// <summary>Operands of one length, or one of them a single element.</summary>
    private static Gen<(sbyte[] Left, sbyte[] Right)> Operands =>
        from length in Gen.Int[1, MaxLength]
        from single in Gen.Int[0, 2]
        from left in Gen.SByte.Array[single == 1 ? 1 : length]
        from right in Gen.SByte.Array[single == 2 ? 1 : length]
        select (left, right);

    private delegate void Kernel(
        ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, BroadcastGeometry geometry, Span<sbyte> output);

    private static void Compare((sbyte[] Left, sbyte[] Right) operands, Func<sbyte, sbyte, int> formula, Kernel kernel)
    {
        int length = Math.Max(operands.Left.Length, operands.Right.Length);
        using GuardedBuffer<sbyte> left = new(operands.Left);
        using GuardedBuffer<sbyte> right = new(operands.Right);
        using GuardedBuffer<sbyte> output = new(length);
        BroadcastGeometry geometry = operands.Left.Length == operands.Right.Length
            ? default
            : new([length], [operands.Left.Length == 1 ? 0 : 1], [operands.Right.Length == 1 ? 0 : 1]);
        kernel(left.Span, right.Span, geometry, output.Span);
        for (int i = 0; i < length; i++)
        {
            sbyte l = operands.Left[operands.Left.Length == 1 ? 0 : i];
            sbyte r = operands.Right[operands.Right.Length == 1 ? 0 : i];
            Assert.Equal(formula(l, r), output.Span[i]);
        }
    }
}
