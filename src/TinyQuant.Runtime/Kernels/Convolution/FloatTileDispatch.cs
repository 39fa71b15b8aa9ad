using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Kernels.Convolution;

/// <summary>The one place where an instruction set is chosen for float32 tiles.</summary>
internal static class FloatTileDispatch
{
    public static void Run<TKernel, TArgs>(ref TArgs args)
        where TKernel : struct, ITileKernel<TArgs>
        where TArgs : struct, allows ref struct
    {
        if (Fma.IsSupported && Vector256.IsHardwareAccelerated)
        {
            TKernel.Run<ConvolutionTile<FourBytesFma, Vector256<float>, Vector256<float>, Vector256<float>>>(ref args);
        }
        else
        {
            TKernel.Run<ConvolutionTile<FourBytesFloat128, Pair128<float>, Vector128<float>, Pair128<float>>>(ref args);
        }
    }
}
