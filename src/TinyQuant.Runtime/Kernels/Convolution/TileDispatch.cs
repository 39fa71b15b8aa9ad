using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Kernels.Convolution;

/// <summary>Work that is generic over the tile.</summary>
internal interface ITileKernel<TArgs>
    where TArgs : struct, allows ref struct
{
    static abstract void Run<TTile>(ref TArgs args)
        where TTile : struct, ITile;
}

/// <summary>The one place where an instruction set is chosen for int8 tiles; in the order of <see cref="DotDispatch"/>.</summary>
internal static class TileDispatch
{
    public static void Run<TKernel, TArgs, TRange>(ref TArgs args)
        where TKernel : struct, ITileKernel<TArgs>
        where TArgs : struct, allows ref struct
        where TRange : struct, IWeightRange
    {
        if (AvxVnni.IsSupported)
        {
            TKernel.Run<GroupTile<GroupAvxVnni<VnniInstruction>, Vector256<int>, Vector256<byte>, Vector256<sbyte>>>(ref args);
        }
        else if (Avx2.IsSupported && TRange.IsNarrow)
        {
            TKernel.Run<GroupTile<GroupAvx2, Vector256<int>, MagnitudeAndSign, Vector256<sbyte>>>(ref args);
        }
        else if (Avx2.IsSupported)
        {
            TKernel.Run<GroupTile<GroupAvx2Wide, Vector256<int>, EvenAndOdd, EvenAndOdd>>(ref args);
        }
        else if (Sse41.IsSupported && TRange.IsNarrow)
        {
            TKernel.Run<GroupTile<Group128<ProductsSse41>, Halves<int>, Vector128<sbyte>, Halves<sbyte>>>(ref args);
        }
        else if (Dp.IsSupported)
        {
            TKernel.Run<TileArmDp>(ref args);
        }
        else if (AdvSimd.Arm64.IsSupported && TRange.IsNarrow)
        {
            TKernel.Run<TileAdvSimd>(ref args);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            TKernel.Run<GroupTile<Group128<ProductsVector128>, Halves<int>, Vector128<sbyte>, Halves<sbyte>>>(ref args);
        }
        else
        {
            TKernel.Run<TileScalar>(ref args);
        }
    }
}
