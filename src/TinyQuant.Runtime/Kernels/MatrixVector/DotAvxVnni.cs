using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.MatrixVector;

/// <summary>vpdpbusd: unsigned times signed bytes, four products to an int32, no intermediate rounding.</summary>
/// <typeparam name="TOperands">Which of the two is made unsigned.</typeparam>
internal readonly struct DotAvxVnni<TOperands> : IDotUnit<VnniSums, Vector256<byte>>
    where TOperands : struct, IVnniOperands
{
    public static string Name => "AVX-VNNI";

    public static bool IsUnsigned => TOperands.AreInputsUnsigned;

    public static bool NeedsManySums => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Excess(ref byte input, nint depth) => TOperands.Excess(ref input, depth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Flip(bool fromUnsigned) => Vector256.Create((byte)0x80);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector256<byte> Sixteen(byte* input, Vector256<byte> flip) => Expand256.Sixteen(input);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VnniSums AddPair(VnniSums sum, Vector256<byte> sixteen, int pair, ref sbyte weights) => new(
        Add(sum.Even, Group(sixteen, pair * 2), Vector256.LoadUnsafe(ref weights, (nuint)(pair * 64))),
        Add(sum.Odd, Group(sixteen, (pair * 2) + 1), Vector256.LoadUnsafe(ref weights, (nuint)((pair * 64) + 32))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VnniSums AddGroup(VnniSums sum, uint input, ref sbyte weights, Vector256<byte> flip) => new(
        Add(sum.Even, Vector256.Create(input).AsByte(), Vector256.LoadUnsafe(ref weights)), sum.Odd);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> ExpandFor4(ref byte input, Vector256<byte> flip) => Expand256.For4(ref input);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> ExpandFor2(Vector256<byte> sixteen) => Expand256.For2(sixteen);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> ExpandFor1(ref byte input, Vector256<byte> flip) => Expand256.For1(ref input);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VnniSums Add(VnniSums sum, Vector256<byte> input, ref sbyte weights) => new(
        Add(sum.Even, input, Vector256.LoadUnsafe(ref weights)), sum.Odd);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VnniSums AddPair(VnniSums sum, Vector256<byte> first, Vector256<byte> second, ref sbyte weights) =>
        new(
        Add(sum.Even, first, Vector256.LoadUnsafe(ref weights)),
        Add(sum.Odd, second, Vector256.LoadUnsafe(ref weights, 32)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VnniSums Add(VnniSums left, VnniSums right) => new(left.Even + right.Even, left.Odd + right.Odd);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Lower(VnniSums sum) => (sum.Even + sum.Odd).GetLower();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Upper(VnniSums sum) => (sum.Even + sum.Odd).GetUpper();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Group(Vector256<byte> sixteen, int group) =>
        Expand256.Group(sixteen.AsInt32(), group).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Add(Vector256<int> sum, Vector256<byte> input, Vector256<sbyte> weights) =>
        TOperands.Add(sum, input, weights, Vector256.Create((byte)0x80));
}

/// <summary>Two chains, since one vpdpbusd waits five cycles for the sum of the last.</summary>
internal readonly struct VnniSums(Vector256<int> even, Vector256<int> odd)
{
    public readonly Vector256<int> Even = even;
    public readonly Vector256<int> Odd = odd;
}
