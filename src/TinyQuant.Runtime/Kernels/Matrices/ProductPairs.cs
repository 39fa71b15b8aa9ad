using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Matrices;

/// <summary>128 bits: codes of eight columns, of two steps of the depth, times two factors.</summary>
internal static class ProductPairs
{
    /// <summary>Adds both products of each column to its sum.</summary>
    /// <param name="lower">Sums of the first four columns.</param>
    /// <param name="upper">Sums of the others.</param>
    /// <param name="first">Codes of the first step.</param>
    /// <param name="second">Codes of the second.</param>
    /// <param name="factors">The two factors.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<int> Lower, Vector128<int> Upper) Add(
        Vector128<int> lower, Vector128<int> upper, Vector128<short> first, Vector128<short> second, ref short factors)
    {
        if (Sse2.IsSupported)
        {
            Vector128<short> pair = Vector128.Create(
                Unsafe.ReadUnaligned<int>(ref Unsafe.As<short, byte>(ref factors))).AsInt16();
            return (lower + Sse2.MultiplyAddAdjacent(Sse2.UnpackLow(first, second), pair),
                upper + Sse2.MultiplyAddAdjacent(Sse2.UnpackHigh(first, second), pair));
        }

        Vector128<short> one = Vector128.Create(factors), other = Vector128.Create(Unsafe.Add(ref factors, 1));
        return AdvSimd.IsSupported
            ? (AdvSimd.MultiplyWideningLowerAndAdd(
                    AdvSimd.MultiplyWideningLowerAndAdd(lower, first.GetLower(), one.GetLower()),
                    second.GetLower(), other.GetLower()),
                AdvSimd.MultiplyWideningUpperAndAdd(
                    AdvSimd.MultiplyWideningUpperAndAdd(upper, first, one), second, other))
            : (lower + (Vector128.WidenLower(first) * Vector128.WidenLower(one))
                    + (Vector128.WidenLower(second) * Vector128.WidenLower(other)),
                upper + (Vector128.WidenUpper(first) * Vector128.WidenUpper(one))
                    + (Vector128.WidenUpper(second) * Vector128.WidenUpper(other)));
    }
}
