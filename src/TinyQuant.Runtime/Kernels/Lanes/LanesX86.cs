using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Units;

namespace TinyQuant.Kernels.Lanes;

/// <summary>Rows in pairs of int16, then vpmaddwd: exact for every weight. With AVX2.</summary>
internal readonly unsafe struct LanesAvx2 : ILaneUnit<Vector256<int>, TwoPairs256>
{
    public static int Rows => 4;

    public static int GroupBytes => 64;

    public static int Offset => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load(int* sums) => Vector256.Load(sums);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> sum, int* target) => sum.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoPairs256 Load(byte* group) => new((short*)group);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> sum, byte* inputs, TwoPairs256 weights) =>
        sum + Avx2.MultiplyAddAdjacent(Vector256.Load((short*)inputs), weights.First)
        + Avx2.MultiplyAddAdjacent(Vector256.Load((short*)inputs + 16), weights.Second);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InterleaveInputs(in RowPointers rows, byte* target) => Pairs.Interleave(rows, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InterleaveInputs16(in RowPointers rows, byte* target)
    {
        Pairs.Interleave16(rows.Row0, rows.Row1, (short*)target);
        Pairs.Interleave16(rows.Row2, rows.Row3, (short*)target + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InterleaveWeights(in RowPointers rows, byte* target) => Pairs.Interleave(rows, target);
}

/// <summary>The same in 128 bits, with SSE4.1.</summary>
internal readonly unsafe struct LanesSse41 : ILaneUnit<Halves<int>, TwoPairs128>
{
    public static int Rows => 4;

    public static int GroupBytes => 64;

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
    public static TwoPairs128 Load(byte* group) => new((short*)group);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<int> Add(Halves<int> sum, byte* inputs, TwoPairs128 weights)
    {
        short* x = (short*)inputs;
        return new(
            sum.Lower + Sse2.MultiplyAddAdjacent(Vector128.Load(x), weights.FirstLower)
                + Sse2.MultiplyAddAdjacent(Vector128.Load(x + 16), weights.SecondLower),
            sum.Upper + Sse2.MultiplyAddAdjacent(Vector128.Load(x + 8), weights.FirstUpper)
                + Sse2.MultiplyAddAdjacent(Vector128.Load(x + 24), weights.SecondUpper));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InterleaveInputs(in RowPointers rows, byte* target) => Pairs.Interleave(rows, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InterleaveInputs16(in RowPointers rows, byte* target)
    {
        InterleaveInputs(rows, target);
        InterleaveInputs(rows.Plus(8), target + GroupBytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InterleaveWeights(in RowPointers rows, byte* target) => Pairs.Interleave(rows, target);
}

/// <summary>Rows 0 and 1, and rows 2 and 3, of eight channels.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly unsafe struct TwoPairs256(short* group)
{
    public readonly Vector256<short> First = Vector256.Load(group);
    public readonly Vector256<short> Second = Vector256.Load(group + 16);
}

/// <inheritdoc cref="TwoPairs256"/>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly unsafe struct TwoPairs128(short* group)
{
    public readonly Vector128<short> FirstLower = Vector128.Load(group);
    public readonly Vector128<short> FirstUpper = Vector128.Load(group + 8);
    public readonly Vector128<short> SecondLower = Vector128.Load(group + 16);
    public readonly Vector128<short> SecondUpper = Vector128.Load(group + 24);
}

/// <summary>Rows widened to int16 and interleaved by two.</summary>
internal static unsafe class Pairs
{
    /// <summary>Rows 0 and 1 of eight channels, 32 bytes, then rows 2 and 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interleave(in RowPointers rows, byte* target)
    {
        Interleave(rows.Row0, rows.Row1, (short*)target);
        Interleave(rows.Row2, rows.Row3, (short*)target + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave(sbyte* first, sbyte* second, short* target)
    {
        Vector128<short> a = Sse41.ConvertToVector128Int16(first);
        Vector128<short> b = Sse41.ConvertToVector128Int16(second);
        Sse2.UnpackLow(a, b).Store(target);
        Sse2.UnpackHigh(a, b).Store(target + 8);
    }

    /// <summary>Two rows of sixteen channels: 32 bytes for the first eight, and 64 bytes on for the others; with AVX2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interleave16(sbyte* first, sbyte* second, short* target)
    {
        Vector256<short> a = Avx2.ConvertToVector256Int16(first);
        Vector256<short> b = Avx2.ConvertToVector256Int16(second);

        // Unpacking works within 128-bit halves: fours of the first eight channels in the lower ones.
        Vector256<short> lower = Avx2.UnpackLow(a, b);
        Vector256<short> upper = Avx2.UnpackHigh(a, b);
        Avx2.Permute2x128(lower, upper, 0x20).Store(target);
        Avx2.Permute2x128(lower, upper, 0x31).Store(target + 32);
    }
}
