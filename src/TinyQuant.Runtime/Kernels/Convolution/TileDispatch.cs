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

/// <summary>
/// The one place where an instruction set is chosen for int8 tiles; in the order of <see cref="DotDispatch"/>.
/// </summary>
internal static class TileDispatch
{
    public static void Run<TKernel, TArgs, TRange>(ref TArgs args)
        where TKernel : struct, ITileKernel<TArgs>
        where TArgs : struct, allows ref struct
        where TRange : struct, IWeightRange
    {
        if (AvxVnni.IsSupported)
        {
            TKernel.Run<ConvolutionTile<
                FourBytesAvxVnni<VnniInstruction>, Vector256<int>, Vector256<byte>, Vector256<sbyte>>>(ref args);
        }
        else if (Avx2.IsSupported && TRange.IsNarrow)
        {
            TKernel.Run<ConvolutionTile<FourBytesAvx2, Vector256<int>, MagnitudeAndSign, Vector256<sbyte>>>(ref args);
        }
        else if (Avx2.IsSupported)
        {
            TKernel.Run<ConvolutionTile<FourBytesAvx2Wide, Vector256<int>, EvenAndOdd, EvenAndOdd>>(ref args);
        }
        else if (Sse41.IsSupported && TRange.IsNarrow)
        {
            TKernel.Run<ConvolutionTile<FourBytes128<ProductsSse41>, Pair128<int>, Vector128<sbyte>, Pair128<sbyte>>>(
                ref args);
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
            TKernel.Run<ConvolutionTile<
                FourBytes128<ProductsVector128>, Pair128<int>, Vector128<sbyte>, Pair128<sbyte>>>(ref args);
        }
        else
        {
            TKernel.Run<TileScalar>(ref args);
        }
    }
}
