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
        Tiles<GroupTile<Group128<ProductsVector128>, Halves<int>, Vector128<sbyte>, Halves<sbyte>>>(-128);

    [UnitFact(Takes.Sse41)]
    public void Sse41Sign() =>
        Tiles<GroupTile<Group128<ProductsSse41>, Halves<int>, Vector128<sbyte>, Halves<sbyte>>>(-127);

    [UnitFact(Takes.Avx2)]
    public void Avx2Sign() =>
        Tiles<GroupTile<GroupAvx2, Vector256<int>, MagnitudeAndSign, Vector256<sbyte>>>(-127);

    [UnitFact(Takes.Avx2)]
    public void Avx2Wide() => Tiles<GroupTile<GroupAvx2Wide, Vector256<int>, EvenAndOdd, EvenAndOdd>>(-128);

    [UnitFact(Takes.AvxVnni)]
    public void Vnni() => Tiles<GroupTile<GroupAvxVnni<VnniInstruction>, Vector256<int>, Vector256<byte>, Vector256<sbyte>>>(-128);

    [UnitFact(Takes.Vector256)]
    public void VnniEmulated() =>
        Tiles<GroupTile<GroupAvxVnni<EmulatedVnniInstruction>, Vector256<int>, Vector256<byte>, Vector256<sbyte>>>(-128);

    [UnitFact(Takes.AdvSimd)]
    public void AdvSimdSmull() => Tiles<TileAdvSimd>(-127);

    [UnitFact(Takes.ArmDotProduct)]
    public void ArmDotProduct() => Tiles<TileArmDp>(-128);

    [UnitFact(Takes.Sse41)]
    public void Lanes_with_Sse41() => Lanes<LanesSse41, Halves<int>, Halves<short>>();

    [UnitFact(Takes.Avx2)]
    public void Lanes_with_Avx2() => Lanes<LanesAvx2, Vector256<int>, Vector256<short>>();

    [UnitFact(Takes.AvxVnni)]
    public void Lanes_with_Vnni() => Lanes<LanesAvxVnni<VnniInstruction>, Vector256<int>, Vector256<sbyte>>();

    [UnitFact(Takes.Avx2)]
    public void Lanes_with_Vnni_emulated() =>
        Lanes<LanesAvxVnni<EmulatedVnniInstruction>, Vector256<int>, Vector256<sbyte>>();

    [UnitFact(Takes.AdvSimd)]
    public void Lanes_with_AdvSimd() => Lanes<LanesAdvSimd, Halves<int>, Vector128<short>>();

    [UnitFact(Takes.ArmDotProduct)]
    public void Lanes_with_Arm_dot_product() => Lanes<LanesArmDp, Halves<int>, Halves<sbyte>>();

    private static void Tiles<TTile>(int least)
        where TTile : struct, ITile
    {
        Assert.Equal(0, TileCases.Tiles<TTile>(new Random(1), least));
        Assert.Equal(0, TileCases.Convolutions<TTile>(new Random(2), least));
    }

    private static void Lanes<TUnit, TSum, TGroup>()
        where TUnit : struct, ILaneUnit<TSum, TGroup>
        where TSum : struct
        where TGroup : struct => Assert.Equal(0, TileCases.Lanes<TUnit, TSum, TGroup>(new Random(1)));
}
