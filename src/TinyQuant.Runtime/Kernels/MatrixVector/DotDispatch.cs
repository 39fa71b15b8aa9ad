using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.MatrixVector;

/// <summary>Work that is generic over the dot unit.</summary>
internal interface IDotKernel<TArgs>
    where TArgs : struct, allows ref struct
{
    static abstract void Run<TUnit, TSum, TInput>(ref TArgs args)
        where TUnit : struct, IDotUnit<TSum, TInput>
        where TSum : struct
        where TInput : struct;
}

/// <summary>The one place where an instruction set is chosen for int8 products.</summary>
internal static class DotDispatch
{
    /// <summary>The name of the unit for weights in [-127, 127].</summary>
    public static string Name
    {
        get
        {
            Choice choice = default;
            Run<Describe, Choice, NarrowWeights>(isUnsigned: false, ref choice);
            return choice.Name;
        }
    }

    /// <summary>True if inputs that are written for this purpose alone are better written as code plus 128.</summary>
    public static bool PrefersUnsigned => AvxVnni.IsSupported;

    /// <summary>Runs a kernel with the best unit that is exact for the weights.</summary>
    /// <param name="isUnsigned">Whether the input bytes are int8 codes plus 128.</param>
    /// <param name="args">What the kernel works on.</param>
    public static void Run<TKernel, TArgs, TRange>(bool isUnsigned, ref TArgs args)
        where TKernel : struct, IDotKernel<TArgs>
        where TArgs : struct, allows ref struct
        where TRange : struct, IWeightRange
    {
        if (AvxVnni.IsSupported && isUnsigned)
        {
            TKernel.Run<DotAvxVnni<VnniPixels<VnniInstruction>>, VnniSums, Vector256<byte>>(ref args);
        }
        else if (AvxVnni.IsSupported)
        {
            TKernel.Run<DotAvxVnni<VnniCodes<VnniInstruction>>, VnniSums, Vector256<byte>>(ref args);
        }
        else if (Avx2.IsSupported && TRange.IsNarrow)
        {
            TKernel.Run<Dot256<ProductsAvx2>, Vector256<int>, Vector256<sbyte>>(ref args);
        }
        else if (Avx2.IsSupported)
        {
            TKernel.Run<Dot256<ProductsAvx2Wide>, Vector256<int>, Vector256<sbyte>>(ref args);
        }
        else if (Sse41.IsSupported && TRange.IsNarrow)
        {
            TKernel.Run<Dot128<ProductsSse41>, Pair128<int>, Pair128<sbyte>>(ref args);
        }
        else if (Dp.IsSupported)
        {
            TKernel.Run<Dot128<ProductsArmDp>, Pair128<int>, Pair128<sbyte>>(ref args);
        }
        else if (AdvSimd.Arm64.IsSupported && TRange.IsNarrow)
        {
            TKernel.Run<DotAdvSimd, DotAdvSimd.Sums, Pair128<sbyte>>(ref args);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            TKernel.Run<Dot128<ProductsVector128>, Pair128<int>, Pair128<sbyte>>(ref args);
        }
        else
        {
            TKernel.Run<DotScalar, DotScalar.Sums, DotScalar.Inputs>(ref args);
        }
    }

    private struct Choice
    {
        public string Name;
    }

    private readonly struct Describe : IDotKernel<Choice>
    {
        public static void Run<TUnit, TSum, TInput>(ref Choice args)
            where TUnit : struct, IDotUnit<TSum, TInput>
            where TSum : struct
            where TInput : struct => args.Name = TUnit.Name;
    }
}
