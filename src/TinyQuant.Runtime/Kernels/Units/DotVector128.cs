using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Units;

/// <summary>
/// Even and odd bytes sign-extended in place, products in int16, added in int32: exact for every weight, on any
/// processor with 128-bit vectors.
/// </summary>
internal readonly struct DotVector128 : IDotUnit<Halves<int>, Halves<sbyte>>
{
    public static string Name => "Vector128";

    public static bool IsUnsigned => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Excess(ref byte input, nint depth) => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<sbyte> Flip(bool fromUnsigned) => Expand128.Flip(fromUnsigned);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<int> AddPair(Halves<int> sum, ref byte input, ref sbyte weights, Halves<sbyte> flip)
    {
        sum = AddGroup(sum, Unsafe.ReadUnaligned<uint>(ref input), ref weights, flip);
        return AddGroup(
            sum, Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref input, 4)), ref Unsafe.Add(ref weights, 32), flip);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<int> AddGroup(Halves<int> sum, uint input, ref sbyte weights, Halves<sbyte> flip)
    {
        Vector128<sbyte> group = Expand128.Group(input, flip.Lower);
        return Add(sum, new Halves<sbyte>(group, group), ref weights);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<sbyte> ExpandFor4(ref byte input, Halves<sbyte> flip) => Expand128.For4(ref input, flip.Lower);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<sbyte> ExpandFor2(ref byte input, Halves<sbyte> flip) => Expand128.For2(ref input, flip.Lower);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<sbyte> ExpandFor1(ref byte input, Halves<sbyte> flip) => Expand128.For1(ref input, flip.Lower);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<int> Add(Halves<int> sum, Halves<sbyte> input, ref sbyte weights) => new(
        Dot(sum.Lower, input.Lower, Vector128.LoadUnsafe(ref weights)),
        Dot(sum.Upper, input.Upper, Vector128.LoadUnsafe(ref weights, 16)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<int> AddPair(Halves<int> sum, Halves<sbyte> first, Halves<sbyte> second, ref sbyte weights) =>
        Add(Add(sum, first, ref weights), second, ref Unsafe.Add(ref weights, 32));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<int> Add(Halves<int> left, Halves<int> right) =>
        new(left.Lower + right.Lower, left.Upper + right.Upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Lower(Halves<int> sum) => sum.Lower;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Upper(Halves<int> sum) => sum.Upper;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Dot(Vector128<int> sum, Vector128<sbyte> input, Vector128<sbyte> weights)
    {
        Vector128<short> w = weights.AsInt16();
        Vector128<short> x = input.AsInt16();
        sum += MultiplyAddAdjacent((w << 8) >> 8, (x << 8) >> 8);
        return sum + MultiplyAddAdjacent(w >> 8, x >> 8);
    }

    // A product of two bytes fits int16, but the sum of two such products does not.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> MultiplyAddAdjacent(Vector128<short> left, Vector128<short> right)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.MultiplyAddAdjacent(left, right);
        }

        Vector128<int> products = (left * right).AsInt32();
        return ((products << 16) >> 16) + (products >> 16);
    }
}
