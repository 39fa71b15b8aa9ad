using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace TinyQuant.Kernels.Units;

/// <summary>sdot: signed times signed, four products to an int32; exact for every weight.</summary>
internal readonly struct DotArmDp<TCode> : IDotUnit<Halves<int>, Halves<sbyte>>
    where TCode : struct, IInputCode
{
    public static string Name => "Arm dot product";

    public static bool IsUnsigned => false;

    // Eight inputs in one register; the instruction picks the group by lane, so that nothing is broadcast.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<int> AddPair(Halves<int> sum, ref byte input, ref sbyte weights)
    {
        Vector64<sbyte> groups = Vector64.LoadUnsafe(ref input).AsSByte();
        if (TCode.IsUnsigned)
        {
            groups ^= Vector64.Create(sbyte.MinValue);
        }

        Vector128<int> lower = Dp.DotProductBySelectedQuadruplet(
            sum.Lower, Vector128.LoadUnsafe(ref weights), groups, 0);
        Vector128<int> upper = Dp.DotProductBySelectedQuadruplet(
            sum.Upper, Vector128.LoadUnsafe(ref weights, 16), groups, 0);
        return new(
            Dp.DotProductBySelectedQuadruplet(lower, Vector128.LoadUnsafe(ref weights, 32), groups, 1),
            Dp.DotProductBySelectedQuadruplet(upper, Vector128.LoadUnsafe(ref weights, 48), groups, 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<int> AddGroup(Halves<int> sum, uint input, ref sbyte weights)
    {
        Vector128<sbyte> group = Expand128<TCode>.Group(input);
        return Add(sum, new Halves<sbyte>(group, group), ref weights);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<sbyte> ExpandFor4(ref byte input) => Expand128<TCode>.For4(ref input);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<sbyte> ExpandFor2(ref byte input) => Expand128<TCode>.For2(ref input);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<sbyte> ExpandFor1(ref byte input) => Expand128<TCode>.For1(ref input);

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
