using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.MatrixVector;

/// <summary>How a 128-bit unit multiplies and adds; all else such units share.</summary>
internal interface IProducts128
{
    static abstract string Name { get; }

    /// <inheritdoc cref="IDotUnit{TSum, TInput}.NeedsManySums"/>
    static abstract bool NeedsManySums { get; }

    /// <summary>Adds 16 products, four to a lane.</summary>
    static abstract Vector128<int> Add(Vector128<int> sum, Vector128<sbyte> input, Vector128<sbyte> weights);

    /// <summary>Adds the products of one group of four inputs, of sixteen, with the weights of four outputs.</summary>
    static abstract Vector128<int> AddGroup(
        Vector128<int> sum, Vector128<sbyte> sixteen, int group, Vector128<sbyte> weights);
}

/// <summary>A unit of signed inputs in two 128-bit vectors.</summary>
internal readonly struct Dot128<TProducts> : IDotUnit<Pair128<int>, Pair128<sbyte>>
    where TProducts : struct, IProducts128
{
    public static string Name => TProducts.Name;

    public static bool IsUnsigned => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Excess(ref byte input, nint depth) => 0;

    public static bool NeedsManySums => TProducts.NeedsManySums;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<sbyte> Flip(bool fromUnsigned) => Expand128.Flip(fromUnsigned);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Pair128<sbyte> Sixteen(byte* input, Pair128<sbyte> flip) =>
        Expand128.Sixteen(input, flip.Lower);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<int> AddPair(Pair128<int> sum, Pair128<sbyte> sixteen, int pair, ref sbyte weights)
    {
        Vector128<int> lower = TProducts.AddGroup(
            sum.Lower, sixteen.Lower, pair * 2, Vector128.LoadUnsafe(ref weights, (nuint)(pair * 64)));
        Vector128<int> upper = TProducts.AddGroup(
            sum.Upper, sixteen.Lower, pair * 2, Vector128.LoadUnsafe(ref weights, (nuint)((pair * 64) + 16)));
        return new(
            TProducts.AddGroup(
                lower, sixteen.Lower, (pair * 2) + 1, Vector128.LoadUnsafe(ref weights, (nuint)((pair * 64) + 32))),
            TProducts.AddGroup(
                upper, sixteen.Lower, (pair * 2) + 1, Vector128.LoadUnsafe(ref weights, (nuint)((pair * 64) + 48))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<int> AddGroup(Pair128<int> sum, uint input, ref sbyte weights, Pair128<sbyte> flip)
    {
        Vector128<sbyte> group = Expand128.Group(input, flip.Lower);
        return Add(sum, new Pair128<sbyte>(group, group), ref weights);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<sbyte> ExpandFor4(ref byte input, Pair128<sbyte> flip) =>
        Expand128.For4(ref input, flip.Lower);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<sbyte> ExpandFor2(Pair128<sbyte> sixteen) => Expand128.For2(sixteen.Lower);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<sbyte> ExpandFor1(ref byte input, Pair128<sbyte> flip) =>
        Expand128.For1(ref input, flip.Lower);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<int> Add(Pair128<int> sum, Pair128<sbyte> input, ref sbyte weights) => new(
        TProducts.Add(sum.Lower, input.Lower, Vector128.LoadUnsafe(ref weights)),
        TProducts.Add(sum.Upper, input.Upper, Vector128.LoadUnsafe(ref weights, 16)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<int> AddPair(
        Pair128<int> sum, Pair128<sbyte> first, Pair128<sbyte> second, ref sbyte weights) =>
        Add(Add(sum, first, ref weights), second, ref Unsafe.Add(ref weights, 32));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<int> Add(Pair128<int> left, Pair128<int> right) =>
        new(left.Lower + right.Lower, left.Upper + right.Upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Lower(Pair128<int> sum) => sum.Lower;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Upper(Pair128<int> sum) => sum.Upper;
}
