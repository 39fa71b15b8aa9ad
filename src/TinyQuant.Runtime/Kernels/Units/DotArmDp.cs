using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace TinyQuant.Kernels.Units;

/// <summary>sdot: signed times signed, four products to an int32; exact for every weight.</summary>
internal readonly struct DotArmDp : IDotUnit<Halves<int>, Halves<sbyte>>
{
    public static string Name => "Arm dot product";

    public static bool IsUnsigned => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Excess(ref byte input, nint depth) => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<sbyte> Flip(bool fromUnsigned) => Expand128.Flip(fromUnsigned);

    // Eight inputs in one register; the instruction picks the group by lane, so that nothing is broadcast.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<int> AddPair(Halves<int> sum, ref byte input, ref sbyte weights, Halves<sbyte> flip)
    {
        Vector64<sbyte> groups = Vector64.LoadUnsafe(ref input).AsSByte() ^ flip.Lower.GetLower();

        Vector128<int> lower = Dp.DotProductBySelectedQuadruplet(
            sum.Lower, Vector128.LoadUnsafe(ref weights), groups, 0);
        Vector128<int> upper = Dp.DotProductBySelectedQuadruplet(
            sum.Upper, Vector128.LoadUnsafe(ref weights, 16), groups, 0);
        return new(
            Dp.DotProductBySelectedQuadruplet(lower, Vector128.LoadUnsafe(ref weights, 32), groups, 1),
            Dp.DotProductBySelectedQuadruplet(upper, Vector128.LoadUnsafe(ref weights, 48), groups, 1));
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
        Dp.DotProduct(sum.Lower, input.Lower, Vector128.LoadUnsafe(ref weights)),
        Dp.DotProduct(sum.Upper, input.Upper, Vector128.LoadUnsafe(ref weights, 16)));

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
}
