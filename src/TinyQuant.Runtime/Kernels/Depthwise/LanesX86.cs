using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Kernels.Depthwise;

/// <summary>Two rows as pairs of int16, then vpmaddwd: exact for every weight. With AVX2.</summary>
internal readonly unsafe struct LanesAvx2 : ILaneUnit<Vector256<int>, Vector256<short>>
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
        Vector256<sbyte> x0 = Halves256.Load(r0), x1 = Halves256.Load(r1);
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

/// <summary>The same in 128 bits, with SSE4.1.</summary>
internal readonly unsafe struct LanesSse41 : ILaneUnit<Halves<int>, Halves<short>>
{
    public static int Rows => 2;

    public static int GroupBytes => 32;

    public static int Offset => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<int> Load(int* sums) => new(Vector128.Load(sums), Vector128.Load(sums + 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Halves<int> sum, int* target)
    {
        sum.Lower.Store(target);
        sum.Upper.Store(target + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<short> Load(byte* group) => new(Vector128.Load((short*)group), Vector128.Load((short*)group + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<int> Add(Halves<int> sum, byte* inputs, Halves<short> weights) => new(
        sum.Lower + Sse2.MultiplyAddAdjacent(Vector128.Load((short*)inputs), weights.Lower),
        sum.Upper + Sse2.MultiplyAddAdjacent(Vector128.Load((short*)inputs + 8), weights.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interleave(sbyte* r0, sbyte* r1, sbyte* r2, sbyte* r3, int offset, byte* target)
    {
        for (int channel = 0; channel < LanePlan.Lanes; channel += 8)
        {
            Pair(r0 + channel, r1 + channel, (short*)target + (channel * 2));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair(sbyte* first, sbyte* second, short* target)
    {
        Vector128<short> a = Sse41.ConvertToVector128Int16(first);
        Vector128<short> b = Sse41.ConvertToVector128Int16(second);
        Sse2.UnpackLow(a, b).Store(target);
        Sse2.UnpackHigh(a, b).Store(target + 8);
    }
}
