using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace TinyQuant.Kernels.MatrixVector;

/// <summary>Input bytes for the 128-bit units, which all multiply signed codes.</summary>
internal static class Expand128
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<sbyte> Group(uint input, Vector128<sbyte> flip) => Vector128.Create(input).AsSByte() ^ flip;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Pair128<sbyte> Sixteen(byte* input, Vector128<sbyte> flip)
    {
        Vector128<sbyte> sixteen = Vector128.Load(input).AsSByte() ^ flip;
        return new(sixteen, sixteen);
    }

    /// <summary>One group of four, of sixteen inputs, for four outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<sbyte> Group(Vector128<sbyte> sixteen, int group) =>
        AdvSimd.IsSupported
#pragma warning disable CA1857 // a constant once this is inlined
            ? AdvSimd.DuplicateSelectedScalarToVector128(sixteen.AsInt32(), (byte)group).AsSByte()
#pragma warning restore CA1857
            : Vector128.Shuffle(sixteen.AsInt32(), Vector128.Create(group)).AsSByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<sbyte> For4(ref byte input, Vector128<sbyte> flip) => new(
        Group(Unsafe.ReadUnaligned<uint>(ref input), flip),
        Group(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref input, 4)), flip));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<sbyte> For2(Vector128<sbyte> sixteen)
    {
        Vector128<int> groups = sixteen.AsInt32();
        return new(
            Vector128.Shuffle(groups, Vector128.Create(0, 0, 1, 1)).AsSByte(),
            Vector128.Shuffle(groups, Vector128.Create(2, 2, 3, 3)).AsSByte());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<sbyte> For1(ref byte input, Vector128<sbyte> flip) => new(
        Vector128.LoadUnsafe(ref input).AsSByte() ^ flip,
        Vector128.LoadUnsafe(ref input, 16).AsSByte() ^ flip);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<sbyte> Flip(bool fromUnsigned)
    {
        Vector128<sbyte> flip = Vector128.Create(fromUnsigned ? sbyte.MinValue : (sbyte)0);
        return new(flip, flip);
    }
}
