using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Lanes;
using TinyQuant.Kernels.Tiles;
using TinyQuant.Kernels.Units;

namespace TinyQuant.Runtime.Tests.Kernels;

/// <summary>Every tile and every lane unit that this processor has; AVX-VNNI by its emulation elsewhere.</summary>
public class TileTests
{
    [Fact]
    public void Scalar() => Tiles<TileScalar>(true, -128);

    [Fact]
    public void Vector128Portable() =>
        Tiles<GroupTile<Group128<ProductsVector128>, Halves<int>, Vector128<sbyte>, Halves<sbyte>>>(Vector128.IsHardwareAccelerated, -128);

    [Fact]
    public void Sse41Sign() =>
        Tiles<GroupTile<Group128<ProductsSse41>, Halves<int>, Vector128<sbyte>, Halves<sbyte>>>(Sse41.IsSupported, -127);

    [Fact]
    public void Avx2Sign() =>
        Tiles<GroupTile<GroupAvx2, Vector256<int>, MagnitudeAndSign, Vector256<sbyte>>>(Avx2.IsSupported, -127);

    [Fact]
    public void Avx2Wide() => Tiles<GroupTile<GroupAvx2Wide, Vector256<int>, EvenAndOdd, EvenAndOdd>>(Avx2.IsSupported, -128);

    [Fact]
    public void Vnni() => Tiles<GroupTile<GroupAvxVnni<VnniInstruction>, Vector256<int>, Vector256<byte>, Vector256<sbyte>>>(
        AvxVnni.IsSupported, -128);

    [Fact]
    public void VnniEmulated() =>
        Tiles<GroupTile<GroupAvxVnni<EmulatedVnniInstruction>, Vector256<int>, Vector256<byte>, Vector256<sbyte>>>(
            Vector256.IsHardwareAccelerated, -128);

    [Fact]
    public void AdvSimdSmull() => Tiles<TileAdvSimd>(AdvSimd.Arm64.IsSupported, -127);

    [Fact]
    public void ArmDotProduct() => Tiles<TileArmDp>(Dp.IsSupported, -128);

    [Fact]
    public void Lanes_with_Sse41() => Lanes<LanesSse41, Halves<int>, Halves<short>>(Sse41.IsSupported);

    [Fact]
    public void Lanes_with_Avx2() => Lanes<LanesAvx2, Vector256<int>, Vector256<short>>(Avx2.IsSupported);

    [Fact]
    public void Lanes_with_Vnni() => Lanes<LanesAvxVnni<VnniInstruction>, Vector256<int>, Vector256<sbyte>>(AvxVnni.IsSupported);

    [Fact]
    public void Lanes_with_Vnni_emulated() =>
        Lanes<LanesAvxVnni<EmulatedVnniInstruction>, Vector256<int>, Vector256<sbyte>>(Avx2.IsSupported);

    [Fact]
    public void Lanes_with_AdvSimd() => Lanes<LanesAdvSimd, Halves<int>, Vector128<short>>(AdvSimd.Arm64.IsSupported);

    [Fact]
    public void Lanes_with_Arm_dot_product() => Lanes<LanesArmDp, Halves<int>, Halves<sbyte>>(Dp.IsSupported);

    private static void Tiles<TTile>(bool supported, int least)
        where TTile : struct, ITile
    {
        if (supported)
        {
            Assert.Equal(0, TileCases.Tiles<TTile>(new Random(1), least));
            Assert.Equal(0, TileCases.Convolutions<TTile>(new Random(2), least));
        }
    }

    private static void Lanes<TUnit, TSum, TGroup>(bool supported)
        where TUnit : struct, ILaneUnit<TSum, TGroup>
        where TSum : struct
        where TGroup : struct => Assert.Equal(0, supported ? TileCases.Lanes<TUnit, TSum, TGroup>(new Random(1)) : 0);
}
