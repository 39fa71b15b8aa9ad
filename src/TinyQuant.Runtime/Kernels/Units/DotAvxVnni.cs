using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Units;

/// <summary>vpdpbusd: unsigned inputs times signed weights, four products to an int32, no intermediate rounding.</summary>
internal readonly struct DotAvxVnni<TFlip> : IDotUnit<VnniSums, Vector256<byte>>
    where TFlip : struct, IVnniFlip
{
    public static string Name => "AVX-VNNI";

    public static bool IsUnsigned => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Flip(bool fromUnsigned) => Vector256.Create(fromUnsigned ? (byte)0 : (byte)0x80);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VnniSums AddPair(VnniSums sum, ref byte input, ref sbyte weights, Vector256<byte> flip) => new(
        AvxVnni.MultiplyWideningAndAdd(
            sum.Even, Broadcast(Unsafe.ReadUnaligned<uint>(ref input), flip), Vector256.LoadUnsafe(ref weights)),
        AvxVnni.MultiplyWideningAndAdd(
            sum.Odd,
            Broadcast(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref input, 4)), flip),
            Vector256.LoadUnsafe(ref weights, 32)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VnniSums AddGroup(VnniSums sum, uint input, ref sbyte weights, Vector256<byte> flip) => Add(sum, Broadcast(input, flip), ref weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> ExpandFor4(ref byte input, Vector256<byte> flip) => TFlip.Apply(Expand256.For4(ref input), flip);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> ExpandFor2(ref byte input, Vector256<byte> flip) => TFlip.Apply(Expand256.For2(ref input), flip);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> ExpandFor1(ref byte input, Vector256<byte> flip) => TFlip.Apply(Expand256.For1(ref input), flip);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VnniSums Add(VnniSums sum, Vector256<byte> input, ref sbyte weights) => new(
        AvxVnni.MultiplyWideningAndAdd(sum.Even, input, Vector256.LoadUnsafe(ref weights)), sum.Odd);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VnniSums AddPair(VnniSums sum, Vector256<byte> first, Vector256<byte> second, ref sbyte weights) => new(
        AvxVnni.MultiplyWideningAndAdd(sum.Even, first, Vector256.LoadUnsafe(ref weights)),
        AvxVnni.MultiplyWideningAndAdd(sum.Odd, second, Vector256.LoadUnsafe(ref weights, 32)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VnniSums Add(VnniSums left, VnniSums right) => new(left.Even + right.Even, left.Odd + right.Odd);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Lower(VnniSums sum) => (sum.Even + sum.Odd).GetLower();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Upper(VnniSums sum) => (sum.Even + sum.Odd).GetUpper();

    // The flip comes after the broadcast: before it, it would go through a general register.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Broadcast(uint input, Vector256<byte> flip) =>
        TFlip.Apply(Vector256.Create(input).AsByte(), flip);
}

/// <summary>Two chains, since one vpdpbusd waits five cycles for the sum of the last.</summary>
internal readonly struct VnniSums(Vector256<int> even, Vector256<int> odd)
{
    public readonly Vector256<int> Even = even;
    public readonly Vector256<int> Odd = odd;
}

/// <summary>
/// Whether inputs are flipped. The loop is bound by how many instructions the processor takes in a cycle, and without
/// the flip a third of them are gone: pixels have code of their own.
/// </summary>
internal interface IVnniFlip
{
    static abstract Vector256<byte> Apply(Vector256<byte> input, Vector256<byte> flip);
}

/// <summary>int8 codes become codes plus 128.</summary>
internal readonly struct VnniCodes : IVnniFlip
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Apply(Vector256<byte> input, Vector256<byte> flip) => input ^ flip;
}

/// <summary>Pixels are codes plus 128 already.</summary>
internal readonly struct VnniPixels : IVnniFlip
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Apply(Vector256<byte> input, Vector256<byte> flip) => input;
}
