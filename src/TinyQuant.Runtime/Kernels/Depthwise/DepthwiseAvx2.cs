using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Depthwise;

/// <summary>Two rows as pairs of int16, then vpmaddwd: exact for every weight. With AVX2.</summary>
internal readonly unsafe struct DepthwiseAvx2 : IDepthwiseUnit<Vector256<int>, Vector256<short>>
{
    public static int Rows => 2;

    public static int GroupBytes => 32;

    public static int Offset => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load(int* sums) => Vector256.Load(sums);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> sum, int* target) => sum.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Load(byte* group) => Vector256.Load((short*)group);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> sum, byte* inputs, Vector256<short> weights) =>
        sum + Avx2.MultiplyAddAdjacent(Vector256.Load((short*)inputs), weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interleave(sbyte* r0, sbyte* r1, sbyte* r2, sbyte* r3, int offset, byte* target)
    {
        Vector256<sbyte> x0 = ChannelOrder256.Load(r0), x1 = ChannelOrder256.Load(r1);
        Vector256<sbyte> lower = Avx2.UnpackLow(x0, x1), upper = Avx2.UnpackHigh(x0, x1);
        Widen(Avx2.UnpackLow(lower, lower)).Store((short*)target);
        Widen(Avx2.UnpackHigh(lower, lower)).Store((short*)target + 16);
        Widen(Avx2.UnpackLow(upper, upper)).Store((short*)target + 32);
        Widen(Avx2.UnpackHigh(upper, upper)).Store((short*)target + 48);
    }

    // Each byte is in both halves of its int16.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Widen(Vector256<sbyte> twice) => Avx2.ShiftRightArithmetic(twice.AsInt16(), 8);
}
