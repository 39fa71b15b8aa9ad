using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Kernels.Depthwise;

/// <summary>Work that is generic over the depthwise unit.</summary>
internal interface IDepthwiseKernel<TArgs>
    where TArgs : struct, allows ref struct
{
    static abstract void Run<TUnit, TSum, TGroup>(ref TArgs args)
        where TUnit : struct, IDepthwiseUnit<TSum, TGroup>
        where TSum : struct
        where TGroup : struct;
}

/// <summary>The one place where an instruction set is chosen for products channel by channel.</summary>
internal static class DepthwiseDispatch
{
    /// <summary>Whether the kernel takes these windows, if they fit its buffers: a channel in, a channel out.</summary>
    public static bool CanRun(in WindowGeometry g) =>
        (Sse41.IsSupported || AdvSimd.Arm64.IsSupported) && g.InputChannels == g.OutputChannels
            && g.OutputChannels >= 8;

    public static void Run<TKernel, TArgs>(ref TArgs args)
        where TKernel : struct, IDepthwiseKernel<TArgs>
        where TArgs : struct, allows ref struct
    {
        if (AvxVnni.IsSupported)
        {
            TKernel.Run<DepthwiseAvxVnni<VnniInstruction>, Vector256<int>, Vector256<sbyte>>(ref args);
        }
        else if (Avx2.IsSupported)
        {
            TKernel.Run<DepthwiseAvx2, Vector256<int>, Vector256<short>>(ref args);
        }
        else if (Sse41.IsSupported)
        {
            TKernel.Run<DepthwiseSse41, Pair128<int>, Pair128<short>>(ref args);
        }
        else if (Dp.IsSupported)
        {
            TKernel.Run<DepthwiseArmDp, Pair128<int>, Pair128<sbyte>>(ref args);
        }
        else if (AdvSimd.Arm64.IsSupported)
        {
            TKernel.Run<DepthwiseAdvSimd, Pair128<int>, Vector128<short>>(ref args);
        }
    }
}
