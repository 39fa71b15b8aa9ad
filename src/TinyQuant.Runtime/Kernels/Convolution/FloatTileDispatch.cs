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
            TKernel.Run<GroupTile<GroupFma, Vector256<float>, Vector256<float>, Vector256<float>>>(ref args);
        }
        else
        {
            TKernel.Run<GroupTile<GroupFloat128, Halves<float>, Vector128<float>, Halves<float>>>(ref args);
        }
    }
}
