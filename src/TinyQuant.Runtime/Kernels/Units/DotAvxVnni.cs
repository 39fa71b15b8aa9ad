using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.Units;

/// <summary>vpdpbusd: unsigned times signed bytes, four products to an int32, no intermediate rounding.</summary>
/// <typeparam name="TOperands">Which of the two is made unsigned.</typeparam>
internal readonly struct DotAvxVnni<TOperands> : IDotUnit<VnniSums, Vector256<byte>>
    where TOperands : struct, IVnniOperands
{
    public static string Name => "AVX-VNNI";

    public static bool IsUnsigned => TOperands.AreInputsUnsigned;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Excess(ref byte input, nint depth) => TOperands.Excess(ref input, depth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Flip(bool fromUnsigned) => Vector256.Create((byte)0x80);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VnniSums AddPair(VnniSums sum, ref byte input, ref sbyte weights, Vector256<byte> flip) => new(
        TOperands.Add(
            sum.Even, Broadcast(Unsafe.ReadUnaligned<uint>(ref input)), Vector256.LoadUnsafe(ref weights), flip),
        TOperands.Add(
            sum.Odd, Broadcast(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref input, 4))), Vector256.LoadUnsafe(ref weights, 32), flip));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VnniSums AddGroup(VnniSums sum, uint input, ref sbyte weights, Vector256<byte> flip) => new(
        TOperands.Add(sum.Even, Broadcast(input), Vector256.LoadUnsafe(ref weights), flip), sum.Odd);

    // The narrow blocks hand the expanded inputs back as they are; the flip is a constant there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> ExpandFor4(ref byte input, Vector256<byte> flip) => Expand256.For4(ref input);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> ExpandFor2(ref byte input, Vector256<byte> flip) => Expand256.For2(ref input);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> ExpandFor1(ref byte input, Vector256<byte> flip) => Expand256.For1(ref input);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VnniSums Add(VnniSums sum, Vector256<byte> input, ref sbyte weights) => new(
        TOperands.Add(sum.Even, input, Vector256.LoadUnsafe(ref weights), Vector256.Create((byte)0x80)), sum.Odd);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VnniSums AddPair(VnniSums sum, Vector256<byte> first, Vector256<byte> second, ref sbyte weights) => new(
        TOperands.Add(sum.Even, first, Vector256.LoadUnsafe(ref weights), Vector256.Create((byte)0x80)),
        TOperands.Add(sum.Odd, second, Vector256.LoadUnsafe(ref weights, 32), Vector256.Create((byte)0x80)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VnniSums Add(VnniSums left, VnniSums right) => new(left.Even + right.Even, left.Odd + right.Odd);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Lower(VnniSums sum) => (sum.Even + sum.Odd).GetLower();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Upper(VnniSums sum) => (sum.Even + sum.Odd).GetUpper();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Broadcast(uint input) => Vector256.Create(input).AsByte();
}

/// <summary>Two chains, since one vpdpbusd waits five cycles for the sum of the last.</summary>
internal readonly struct VnniSums(Vector256<int> even, Vector256<int> odd)
{
    public readonly Vector256<int> Even = even;
    public readonly Vector256<int> Odd = odd;
}
