using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.MatrixVector;

/// <summary>How a 256-bit unit multiplies and adds; all else such units share.</summary>
internal interface IProducts256
{
    static abstract string Name { get; }

    /// <summary>Adds 32 products, four to a lane.</summary>
    static abstract Vector256<int> Add(Vector256<int> sum, Vector256<sbyte> input, Vector256<sbyte> weights);
}

/// <summary>A unit of signed inputs in one 256-bit vector.</summary>
internal readonly struct Dot256<TProducts> : IDotUnit<Vector256<int>, Vector256<sbyte>>
    where TProducts : struct, IProducts256
{
    public static string Name => TProducts.Name;

    public static bool IsUnsigned => false;

    public static bool NeedsManySums => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Excess(ref byte input, nint depth) => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<sbyte> Flip(bool fromUnsigned) =>
        Vector256.Create(fromUnsigned ? sbyte.MinValue : (sbyte)0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector256<sbyte> Sixteen(byte* input, Vector256<sbyte> flip) =>
        Expand256.Sixteen(input).AsSByte() ^ flip;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> AddPair(
        Vector256<int> sum, Vector256<sbyte> sixteen, int pair, ref sbyte weights)
    {
        sum = TProducts.Add(
            sum, Expand256.Group(sixteen.AsInt32(), pair * 2).AsSByte(),
            Vector256.LoadUnsafe(ref weights, (nuint)(pair * 64)));
        return TProducts.Add(
            sum, Expand256.Group(sixteen.AsInt32(), (pair * 2) + 1).AsSByte(),
            Vector256.LoadUnsafe(ref weights, (nuint)((pair * 64) + 32)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> AddGroup(Vector256<int> sum, uint input, ref sbyte weights, Vector256<sbyte> flip) =>
        Add(sum, Vector256.Create(input).AsSByte() ^ flip, ref weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<sbyte> ExpandFor4(ref byte input, Vector256<sbyte> flip) =>
        Expand256.For4(ref input).AsSByte() ^ flip;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<sbyte> ExpandFor2(Vector256<sbyte> sixteen) => Expand256.For2(sixteen.AsByte()).AsSByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<sbyte> ExpandFor1(ref byte input, Vector256<sbyte> flip) =>
        Expand256.For1(ref input).AsSByte() ^ flip;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> sum, Vector256<sbyte> input, ref sbyte weights) =>
        TProducts.Add(sum, input, Vector256.LoadUnsafe(ref weights));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> AddPair(
        Vector256<int> sum, Vector256<sbyte> first, Vector256<sbyte> second, ref sbyte weights) =>
        TProducts.Add(
            TProducts.Add(sum, first, Vector256.LoadUnsafe(ref weights)), second,
            Vector256.LoadUnsafe(ref weights, 32));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> left, Vector256<int> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Lower(Vector256<int> sum) => sum.GetLower();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Upper(Vector256<int> sum) => sum.GetUpper();
}
