using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.MatrixVector;

/// <summary>vpdpbusd, or what it computes: the unit over it is tested on processors that lack it, too.</summary>
internal interface IVnniInstruction
{
    /// <summary>Four unsigned times signed bytes, added to each int32 lane, wrapping.</summary>
    static abstract Vector256<int> MultiplyWideningAndAdd(
        Vector256<int> sum, Vector256<byte> left, Vector256<sbyte> right);
}

/// <summary>The instruction.</summary>
internal readonly struct VnniInstruction : IVnniInstruction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> MultiplyWideningAndAdd(
        Vector256<int> sum, Vector256<byte> left, Vector256<sbyte> right) =>
        AvxVnni.MultiplyWideningAndAdd(sum, left, right);
}

/// <summary>The same in portable vectors. For tests: no dispatch chooses it.</summary>
internal readonly struct EmulatedVnniInstruction : IVnniInstruction
{
    public static Vector256<int> MultiplyWideningAndAdd(
        Vector256<int> sum, Vector256<byte> left, Vector256<sbyte> right)
    {
        for (int lane = 0; lane < Vector256<int>.Count; lane++)
        {
            int four = sum[lane];
            for (int i = lane * 4; i < (lane * 4) + 4; i++)
            {
                four += left[i] * right[i];
            }

            sum = sum.WithElement(lane, four);
        }

        return sum;
    }
}
