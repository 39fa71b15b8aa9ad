using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Kernels.Depthwise;

/// <summary>What <see cref="DepthwiseAvx2"/> does, in 128 bits with SSE4.1.</summary>
internal readonly unsafe struct DepthwiseSse41 : IDepthwiseUnit<Pair128<int>, Pair128<short>>
{
    public static int Rows => 2;

    public static int GroupBytes => 32;

    public static int Offset => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<int> Load(int* sums) => new(Vector128.Load(sums), Vector128.Load(sums + 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Pair128<int> sum, int* target)
    {
        sum.Lower.Store(target);
        sum.Upper.Store(target + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<short> Load(byte* group) =>
        new(Vector128.Load((short*)group), Vector128.Load((short*)group + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<int> Add(Pair128<int> sum, byte* inputs, Pair128<short> weights) => new(
        sum.Lower + Sse2.MultiplyAddAdjacent(Vector128.Load((short*)inputs), weights.Lower),
        sum.Upper + Sse2.MultiplyAddAdjacent(Vector128.Load((short*)inputs + 8), weights.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interleave(sbyte* r0, sbyte* r1, sbyte* r2, sbyte* r3, int offset, byte* target)
    {
        for (int channel = 0; channel < DepthwisePlan.Lanes; channel += 8)
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
