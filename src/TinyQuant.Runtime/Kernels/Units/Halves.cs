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
internal static class Expand128<TCode>
    where TCode : struct, IInputCode
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<sbyte> Group(uint input) => Signed(Vector128.Create(input));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<sbyte> For4(ref byte input) => new(
        Group(Unsafe.ReadUnaligned<uint>(ref input)),
        Group(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref input, 4))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<sbyte> For2(ref byte input)
    {
        Vector128<uint> groups = Vector128.LoadUnsafe(ref input).AsUInt32();
        return new(
            Signed(Vector128.Shuffle(groups, Vector128.Create(0u, 0, 1, 1))),
            Signed(Vector128.Shuffle(groups, Vector128.Create(2u, 2, 3, 3))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<sbyte> For1(ref byte input) => new(
        Signed(Vector128.LoadUnsafe(ref input).AsUInt32()),
        Signed(Vector128.LoadUnsafe(ref input, 16).AsUInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<sbyte> Signed(Vector128<uint> codes) =>
        TCode.IsUnsigned ? (codes ^ Vector128.Create(0x80808080u)).AsSByte() : codes.AsSByte();
}
