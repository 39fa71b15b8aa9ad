using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Units;

/// <summary>
/// Even and odd bytes sign-extended in place, then vpmaddwd: exact for every weight, and a lane stays with its output.
/// </summary>
internal readonly struct DotAvx2Wide : IDotUnit<Vector256<int>, Vector256<sbyte>>
{
    public static string Name => "AVX2 widening";

    public static bool IsUnsigned => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Excess(ref byte input, nint depth) => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<sbyte> Flip(bool fromUnsigned) => Vector256.Create(fromUnsigned ? sbyte.MinValue : (sbyte)0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> AddPair(Vector256<int> sum, ref byte input, ref sbyte weights, Vector256<sbyte> flip)
    {
        sum = AddGroup(sum, Unsafe.ReadUnaligned<uint>(ref input), ref weights, flip);
        return AddGroup(
            sum, Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref input, 4)), ref Unsafe.Add(ref weights, 32), flip);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> AddGroup(Vector256<int> sum, uint input, ref sbyte weights, Vector256<sbyte> flip) =>
        Add(sum, Vector256.Create(input).AsSByte() ^ flip, ref weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<sbyte> ExpandFor4(ref byte input, Vector256<sbyte> flip) => Expand256.For4(ref input).AsSByte() ^ flip;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<sbyte> ExpandFor2(ref byte input, Vector256<sbyte> flip) => Expand256.For2(ref input).AsSByte() ^ flip;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<sbyte> ExpandFor1(ref byte input, Vector256<sbyte> flip) => Expand256.For1(ref input).AsSByte() ^ flip;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> sum, Vector256<sbyte> input, ref sbyte weights)
    {
        Vector256<short> w = Vector256.LoadUnsafe(ref weights).AsInt16();
        Vector256<short> x = input.AsInt16();
        sum += Avx2.MultiplyAddAdjacent((w << 8) >> 8, (x << 8) >> 8);
        return sum + Avx2.MultiplyAddAdjacent(w >> 8, x >> 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> AddPair(Vector256<int> sum, Vector256<sbyte> first, Vector256<sbyte> second, ref sbyte weights) =>
        Add(Add(sum, first, ref weights), second, ref Unsafe.Add(ref weights, 32));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> left, Vector256<int> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Lower(Vector256<int> sum) => sum.GetLower();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Upper(Vector256<int> sum) => sum.GetUpper();
}
