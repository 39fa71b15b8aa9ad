using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Convolution;
using TinyQuant.Kernels.Depthwise;
using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Runtime.Tests.Kernels;

/// <summary>Every tile and every lane unit that this processor has; AVX-VNNI by its emulation elsewhere.</summary>
public class TileTests
{
    [Fact]
    public void Scalar() => Tiles<TileScalar>(-128);

    [UnitFact(Takes.Vector128)]
    public void Vector128Portable() =>
        Tiles<ConvolutionTile<FourBytes128<ProductsVector128>, Pair128<int>, Vector128<sbyte>, Pair128<sbyte>>>(-128);

    [UnitFact(Takes.Sse41)]
    public void Sse41Sign() =>
        Tiles<ConvolutionTile<FourBytes128<ProductsSse41>, Pair128<int>, Vector128<sbyte>, Pair128<sbyte>>>(-127);

    [UnitFact(Takes.Avx2)]
    public void Avx2Sign() =>
        Tiles<ConvolutionTile<FourBytesAvx2, Vector256<int>, MagnitudeAndSign, Vector256<sbyte>>>(-127);

    [UnitFact(Takes.Avx2)]
    public void Avx2Wide() => Tiles<ConvolutionTile<FourBytesAvx2Wide, Vector256<int>, EvenAndOdd, EvenAndOdd>>(-128);

    [UnitFact(Takes.AvxVnni)]
    public void Vnni() =>
        Tiles<ConvolutionTile<FourBytesAvxVnni<VnniInstruction>, Vector256<int>, Vector256<byte>, Vector256<sbyte>>>(
            -128);

    [UnitFact(Takes.Vector256)]
    public void VnniEmulated() =>
        Tiles<ConvolutionTile<
            FourBytesAvxVnni<EmulatedVnniInstruction>, Vector256<int>, Vector256<byte>, Vector256<sbyte>>>(
            -128);

    [UnitFact(Takes.AdvSimd)]
    public void AdvSimdSmull() => Tiles<TileAdvSimd>(-127);

    [UnitFact(Takes.ArmDotProduct)]
    public void ArmDotProduct() => Tiles<TileArmDp>(-128);

    [UnitFact(Takes.Sse41)]
    public void Depthwise_with_Sse41() => Depthwise<DepthwiseSse41, Pair128<int>, Pair128<short>>();

    [UnitFact(Takes.Avx2)]
    public void Depthwise_with_Avx2() => Depthwise<DepthwiseAvx2, Vector256<int>, Vector256<short>>();

    [UnitFact(Takes.AvxVnni)]
    public void Depthwise_with_Vnni() =>
        Depthwise<DepthwiseAvxVnni<VnniInstruction>, Vector256<int>, Vector256<sbyte>>();

    [UnitFact(Takes.Avx2)]
    public void Depthwise_with_Vnni_emulated() =>
        Depthwise<DepthwiseAvxVnni<EmulatedVnniInstruction>, Vector256<int>, Vector256<sbyte>>();

    [UnitFact(Takes.AdvSimd)]
    public void Depthwise_with_AdvSimd() => Depthwise<DepthwiseAdvSimd, Pair128<int>, Vector128<short>>();

    [UnitFact(Takes.ArmDotProduct)]
    public void Depthwise_with_Arm_dot_product() => Depthwise<DepthwiseArmDp, Pair128<int>, Pair128<sbyte>>();

    private static void Tiles<TTile>(int least)
        where TTile : struct, ITile
    {
        Assert.Equal(0, TileCases.Tiles<TTile>(new Random(1), least));
        Assert.Equal(0, TileCases.Convolutions<TTile>(new Random(2), least));
    }

    private static void Depthwise<TUnit, TSum, TGroup>()
        where TUnit : struct, IDepthwiseUnit<TSum, TGroup>
        where TSum : struct
        where TGroup : struct => Assert.Equal(0, TileCases.Depthwise<TUnit, TSum, TGroup>(new Random(1)));
}
