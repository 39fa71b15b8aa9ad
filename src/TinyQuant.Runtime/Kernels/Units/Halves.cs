using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.Units;

/// <summary>A 256-bit value of a 128-bit unit.</summary>
internal readonly struct Halves<T>(Vector128<T> lower, Vector128<T> upper)
{
    public readonly Vector128<T> Lower = lower;
    public readonly Vector128<T> Upper = upper;
}

/// <summary>Input bytes for the 128-bit units, which all multiply signed codes.</summary>
internal static class Expand128
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<sbyte> Group(uint input, Vector128<sbyte> flip) => Vector128.Create(input).AsSByte() ^ flip;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<sbyte> For4(ref byte input, Vector128<sbyte> flip) => new(
        Group(Unsafe.ReadUnaligned<uint>(ref input), flip),
        Group(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref input, 4)), flip));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<sbyte> For2(ref byte input, Vector128<sbyte> flip)
    {
        Vector128<uint> groups = Vector128.LoadUnsafe(ref input).AsUInt32();
        return new(
            Vector128.Shuffle(groups, Vector128.Create(0u, 0, 1, 1)).AsSByte() ^ flip,
            Vector128.Shuffle(groups, Vector128.Create(2u, 2, 3, 3)).AsSByte() ^ flip);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<sbyte> For1(ref byte input, Vector128<sbyte> flip) => new(
        Vector128.LoadUnsafe(ref input).AsSByte() ^ flip,
        Vector128.LoadUnsafe(ref input, 16).AsSByte() ^ flip);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<sbyte> Flip(bool fromUnsigned)
    {
        Vector128<sbyte> flip = Vector128.Create(fromUnsigned ? sbyte.MinValue : (sbyte)0);
        return new(flip, flip);
    }
}
