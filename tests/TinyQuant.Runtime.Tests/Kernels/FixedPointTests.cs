using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using CsCheck;
using TinyQuant.Kernels;
using TinyQuant.Kernels.Requantizers;
using TinyQuant.Tests;

namespace TinyQuant.Runtime.Tests.Kernels;

public class FixedPointTests
{
    private static readonly Gen<int> s_multiplier = Gen.OneOf(
        Gen.Int[1 << 30, int.MaxValue], Gen.OneOfConst(0, 1 << 30, int.MaxValue));

    [Fact]
    public void Double_rounding_is_gemmlowps() =>
        Gen.Select(Gen.OneOf(Gen.Int, Gen.Int[-70_000, 70_000], Gen.OneOfConst(int.MinValue, int.MaxValue)),
            s_multiplier, Gen.Int[-31, 30])
            .Sample((x, m, shift) =>
                Assert.Equal(Gemmlowp.MultiplyByQuantizedMultiplier(x, m, shift), DoubleRounding.Multiply(x, m, shift)),
                iter: 100_000);

    [Fact]
    public void Single_rounding_is_the_definition() =>
        Gen.Select(Gen.OneOf(Gen.Int, Gen.Int[-70_000, 70_000], Gen.OneOfConst(int.MinValue, int.MaxValue)),
            s_multiplier, Gen.Int[-31, 0])
            .Sample((x, m, shift) =>
                Assert.Equal(SingleRoundingReference.Multiply(x, m, shift),
                    (Int128)SingleRounding.Multiply(x, m, shift)), iter: 100_000);

    [UnitFact(Takes.Avx2, Takes.AdvSimd)]
    public void Vectors_round_as_scalars_do()
    {
        Vectors<DoubleRounding>();
        Vectors<SingleRounding>();
    }

    private static void Vectors<TRounding>()
        where TRounding : struct, IFixedPointRounding =>
        Gen.Select(Gen.OneOf(Gen.Int[-(1 << 30) + 1, (1 << 30) - 1], Gen.Int[-600, 600], Gen
            .OneOfConst(-1, 0, 1)).Array[
            8], s_multiplier, Gen.Int[-31, 0])
            .Sample((x, m, shift) =>
            {
                int[] expected = Array.ConvertAll(x, lane => PublishedRounding.Multiply<TRounding>(lane, m, shift));
                FixedPointVectors<TRounding> vectors = new(m, shift);
                int[] actual = new int[8];
                int done = Avx2.IsSupported ? Eight(vectors, x, actual) : Four(vectors, x, actual);
                Assert.Equal(expected[..done], actual[..done]);
            }, iter: 100_000);

    private static int Eight<TRounding>(FixedPointVectors<TRounding> vectors, int[] x, int[] y)
        where TRounding : struct, IFixedPointRounding
    {
        vectors.Multiply(Vector256.Create(x)).CopyTo(y);
        return 8;
    }

    private static int Four<TRounding>(FixedPointVectors<TRounding> vectors, int[] x, int[] y)
        where TRounding : struct, IFixedPointRounding
    {
        vectors.Multiply(Vector128.Create(x)).CopyTo(y);
        return 4;
    }

    [Fact]
    public void The_reciprocal_is_that_of_real_numbers() => Gen.Int[0, int.MaxValue].Sample(a =>
    {
        double exact = 1 / (1 + (a / (double)(1L << 31)));
        Assert.InRange(FixedPoint.OneOverOnePlus(a) / (double)(1L << 31), exact - 1e-8, exact + 1e-8);
    }, iter: 100_000);
}
