using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Kernels.Convolution;

/// <summary>
/// <see cref="DotAdvSimd"/>'s products for four positions by eight outputs: sixteen sums, and four registers of weights
/// that are loaded once for all of them. Weights in [-127, 127].
/// </summary>
internal readonly unsafe struct TileAdvSimd : ITile
{
    public static int Rows => 4;

    public static int Offset => 0;

    public static void Fold(sbyte* weights, nint length, int* bias, int* target)
    {
    }

    public static void Run<TRows, TColumns>(TileArgs* args)
        where TRows : struct, ITileRows
        where TColumns : struct, ITileColumns
    {
        for (int column = 0; column < TColumns.Count; column++)
        {
            Block(args, column, 8 * TColumns.Count);
        }
    }

    [SkipLocalsInit]
    private static void Block(TileArgs* args, int column, int outputs)
    {
        DotAdvSimd.Sums sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        sbyte* w = args->Weights + (column * args->Block);
        nint step = args->Step;
        for (nint segment = 0; segment < args->SegmentCount; segment++)
        {
            byte* x = args->Segments[segment] + args->Offset;
            byte* end = x + args->SegmentLength;
            for (; x <= end - 8; x += 8, w += 64)
            {
                PairWeights weights = new(w);
                sum0 = AddPair(sum0, x, weights);
                sum1 = AddPair(sum1, x + step, weights);
                sum2 = AddPair(sum2, x + (2 * step), weights);
                sum3 = AddPair(sum3, x + (3 * step), weights);
            }

            if (x < end)
            {
                sum0 = AddGroup(sum0, x, w);
                sum1 = AddGroup(sum1, x + step, w);
                sum2 = AddGroup(sum2, x + (2 * step), w);
                sum3 = AddGroup(sum3, x + (3 * step), w);
                w += 32;
            }
        }

        int* bias = args->Bias + (column * 8);
        int* target = args->Sums + (column * 8);
        Store(sum0, bias, target);
        Store(sum1, bias, target + outputs);
        Store(sum2, bias, target + (2 * outputs));
        Store(sum3, bias, target + (3 * outputs));
    }

    // Lower halves are taken once: each time costs a move.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static DotAdvSimd.Sums AddPair(DotAdvSimd.Sums sum, byte* input, PairWeights w)
    {
        Vector128<sbyte> first = Vector128.Create(*(int*)input).AsSByte();
        Vector128<sbyte> second = Vector128.Create(*(int*)(input + 4)).AsSByte();
        Vector64<sbyte> firstLower = first.GetLower(), secondLower = second.GetLower();
        return new(
            AdvSimd.AddPairwiseWideningAndAdd(sum.Outputs01, AdvSimd.MultiplyWideningLowerAndAdd(
                AdvSimd.MultiplyWideningLower(w.Lower0.GetLower(), firstLower), w.Lower1.GetLower(), secondLower)),
            AdvSimd.AddPairwiseWideningAndAdd(sum.Outputs23, AdvSimd.MultiplyWideningUpperAndAdd(
                AdvSimd.MultiplyWideningUpper(w.Lower0, first), w.Lower1, second)),
            AdvSimd.AddPairwiseWideningAndAdd(sum.Outputs45, AdvSimd.MultiplyWideningLowerAndAdd(
                AdvSimd.MultiplyWideningLower(w.Upper0.GetLower(), firstLower), w.Upper1.GetLower(), secondLower)),
            AdvSimd.AddPairwiseWideningAndAdd(sum.Outputs67, AdvSimd.MultiplyWideningUpperAndAdd(
                AdvSimd.MultiplyWideningUpper(w.Upper0, first), w.Upper1, second)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static DotAdvSimd.Sums AddGroup(DotAdvSimd.Sums sum, byte* input, sbyte* weights)
    {
        Vector128<sbyte> group = Vector128.Create(*(int*)input).AsSByte();
        return DotAdvSimd.Add(sum, new Pair128<sbyte>(group, group), ref *weights);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(DotAdvSimd.Sums sum, int* bias, int* target)
    {
        (DotAdvSimd.Lower(sum) + Vector128.Load(bias)).Store(target);
        (DotAdvSimd.Upper(sum) + Vector128.Load(bias + 4)).Store(target + 4);
    }

    /// <summary>Weights of eight outputs for two groups of four inputs.</summary>
    [method: MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly struct PairWeights(sbyte* weights)
    {
        public readonly Vector128<sbyte> Lower0 = Vector128.Load(weights);
        public readonly Vector128<sbyte> Upper0 = Vector128.Load(weights + 16);
        public readonly Vector128<sbyte> Lower1 = Vector128.Load(weights + 32);
        public readonly Vector128<sbyte> Upper1 = Vector128.Load(weights + 48);
    }
}
