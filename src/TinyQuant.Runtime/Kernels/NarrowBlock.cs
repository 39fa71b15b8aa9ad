using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Units;

namespace TinyQuant.Kernels;

/// <summary>The number of outputs in a block narrower than eight.</summary>
internal interface IBlockWidth
{
    static abstract int Outputs { get; }
}

internal readonly struct Width4 : IBlockWidth
{
    public static int Outputs => 4;
}

internal readonly struct Width2 : IBlockWidth
{
    public static int Outputs => 2;
}

internal readonly struct Width1 : IBlockWidth
{
    public static int Outputs => 1;
}

/// <summary>The last 4, 2 or 1 outputs: a step takes 8, 16 or 32 inputs, and lanes are added up at the end.</summary>
internal static class NarrowBlock<TUnit, TSum, TInput, TWidth>
    where TUnit : struct, IDotUnit<TSum, TInput>
    where TSum : struct
    where TInput : struct
    where TWidth : struct, IBlockWidth
{
    public static void Run(
        ref byte input, nint depth, ref sbyte weights, ref int bias, ref int sums, TInput flip)
    {
        nint step = 32 / TWidth.Outputs;
        TSum sum0 = default, sum1 = default;
        nint i = 0;
        for (; i <= depth - step * 4; i += step * 4)
        {
            ref byte x = ref Unsafe.Add(ref input, i);
            ref sbyte w = ref Unsafe.Add(ref weights, i * TWidth.Outputs);
            sum0 = AddPair(sum0, ref x, ref w, flip);
            sum1 = AddPair(sum1, ref Unsafe.Add(ref x, step * 2), ref Unsafe.Add(ref w, 64), flip);
        }

        sum0 = TUnit.Add(sum0, sum1);
        for (; i <= depth - step; i += step)
        {
            sum0 = TUnit.Add(
                sum0, Expand(ref Unsafe.Add(ref input, i), flip), ref Unsafe.Add(ref weights, i * TWidth.Outputs));
        }

        if (i < depth)
        {
            // Less than a step is left of both; the spans may end at a page that must not be touched.
            Vector256<byte> x = default;
            Vector256<sbyte> w = default;
            nint left = depth - i;
            Unsafe.CopyBlockUnaligned(
                ref Unsafe.As<Vector256<byte>, byte>(ref x), ref Unsafe.Add(ref input, i), (uint)left);
            Unsafe.CopyBlockUnaligned(
                ref Unsafe.As<Vector256<sbyte>, byte>(ref w),
                ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref weights, i * TWidth.Outputs)),
                (uint)((left + 3) / 4 * 4 * TWidth.Outputs));
            sum0 = TUnit.Add(
                sum0,
                Expand(ref Unsafe.As<Vector256<byte>, byte>(ref x), flip),
                ref Unsafe.As<Vector256<sbyte>, sbyte>(ref w));
        }

        Vector128<int> lanes = TUnit.Lower(sum0) + TUnit.Upper(sum0);
        if (TWidth.Outputs < 4)
        {
            lanes += Vector128.Shuffle(lanes, Vector128.Create(2, 3, 0, 1));
        }

        if (TWidth.Outputs < 2)
        {
            lanes += Vector128.Shuffle(lanes, Vector128.Create(1, 0, 3, 2));
        }

        for (int lane = 0; lane < TWidth.Outputs; lane++)
        {
            Unsafe.Add(ref sums, lane) = Unsafe.Add(ref bias, lane) + lanes.GetElement(lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TSum AddPair(TSum sum, ref byte input, ref sbyte weights, TInput flip) => TUnit.AddPair(
        sum, Expand(ref input, flip), Expand(ref Unsafe.Add(ref input, 32 / TWidth.Outputs), flip), ref weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TInput Expand(ref byte input, TInput flip) => TWidth.Outputs switch
    {
        4 => TUnit.ExpandFor4(ref input, flip),
        2 => TUnit.ExpandFor2(ref input, flip),
        _ => TUnit.ExpandFor1(ref input, flip),
    };
}
