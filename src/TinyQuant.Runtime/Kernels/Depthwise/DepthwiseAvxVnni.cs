using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Kernels.Depthwise;

/// <summary>vpdpbusd: four rows at once, inputs plus 128 as its unsigned operand.</summary>
internal readonly unsafe struct DepthwiseAvxVnni<TInstruction> : IDepthwiseUnit<Vector256<int>, Vector256<sbyte>>
    where TInstruction : struct, IVnniInstruction
{
    public static int Rows => 4;

    public static int GroupBytes => 32;

    public static int Offset => 128;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load(int* sums) => Vector256.Load(sums);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> sum, int* target) => sum.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<sbyte> Load(byte* group) => Vector256.Load((sbyte*)group);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> sum, byte* inputs, Vector256<sbyte> weights) =>
        TInstruction.MultiplyWideningAndAdd(sum, Vector256.Load(inputs), weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interleave(sbyte* r0, sbyte* r1, sbyte* r2, sbyte* r3, int offset, byte* target)
    {
        var flip = Vector256.Create((sbyte)offset);
        Vector256<sbyte> x0 = ChannelOrder256.Load(r0) ^ flip, x1 = ChannelOrder256.Load(r1) ^ flip;
        Vector256<sbyte> x2 = ChannelOrder256.Load(r2) ^ flip, x3 = ChannelOrder256.Load(r3) ^ flip;
        Vector256<short> lower01 = Avx2.UnpackLow(x0, x1).AsInt16(), upper01 = Avx2.UnpackHigh(x0, x1).AsInt16();
        Vector256<short> lower23 = Avx2.UnpackLow(x2, x3).AsInt16(), upper23 = Avx2.UnpackHigh(x2, x3).AsInt16();
        Avx2.UnpackLow(lower01, lower23).AsByte().Store(target);
        Avx2.UnpackHigh(lower01, lower23).AsByte().Store(target + 32);
        Avx2.UnpackLow(upper01, upper23).AsByte().Store(target + 64);
        Avx2.UnpackHigh(upper01, upper23).AsByte().Store(target + 96);
    }
}
