using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels.Depthwise;

/// <summary>Interleaves inputs, and sums their products with the weights.</summary>
internal static unsafe class DepthwiseProducts<TUnit, TSum, TGroup>
    where TUnit : struct, IDepthwiseUnit<TSum, TGroup>
    where TSum : struct
    where TGroup : struct
{
    /// <inheritdoc cref="DepthwiseMethods.Interleave"/>
    public static void Interleave(DepthwiseTile* tile, byte* target, nint step, int count)
    {
        sbyte* r0 = tile->Rows[0], r1 = tile->Rows[1], r2 = tile->Rows[2], r3 = tile->Rows[3];
        nint s0 = tile->Steps[0], s1 = tile->Steps[1], s2 = tile->Steps[2], s3 = tile->Steps[3];
        for (; count > 0; count--, r0 += s0, r1 += s1, r2 += s2, r3 += s3, target += step)
        {
            TUnit.Interleave(r0, r1, r2, r3, TUnit.Offset, target);
        }
    }

    /// <summary>The sums of all positions.</summary>
    public static void Run(DepthwiseTile* tile)
    {
        for (int group = 0; group < tile->Plan.Groups; group += DepthwisePlan.Together)
        {
            for (int lane = 0; lane < tile->Plan.SumLanes;)
            {
                if (tile->Plan.Sharing == 2)
                {
                    Add(tile, group, lane, isShared: true);
                    lane += 8;
                }
                else
                {
                    Add(tile, group, lane, isShared: false);
                    lane += 16;
                }
            }
        }
    }

    // Three groups with weights in registers: of eight lanes for two rows of the output, or of 16 lanes for one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(DepthwiseTile* tile, int group, int lane, bool isShared)
    {
        nint lanes = tile->Plan.SumLanes;
        nint rowSums = tile->Width * lanes;
        nint otherInput = isShared ? 0 : TUnit.GroupBytes;
        nint otherSum = isShared ? rowSums : 8;
        byte* w = tile->Weights + (((group * 4) + (lane / 8)) * TUnit.GroupBytes);
        TGroup a0 = TUnit.Load(w), a1 = TUnit.Load(w + (4 * TUnit.GroupBytes)),
            a2 = TUnit.Load(w + (8 * TUnit.GroupBytes));
        w += isShared ? tile->Plan.Groups * 4 * TUnit.GroupBytes : TUnit.GroupBytes;
        TGroup b0 = TUnit.Load(w), b1 = TUnit.Load(w + (4 * TUnit.GroupBytes)),
            b2 = TUnit.Load(w + (8 * TUnit.GroupBytes));

        // The first groups add to the bias, and the others to the sums.
        int* sums = tile->Sums + lane;
        bool isFirst = group == 0;
        int* start = isFirst ? tile->Bias + lane : sums;
        nint startStep = isFirst ? 0 : lanes;
        nint otherStart = isFirst && isShared ? 0 : otherSum;
        byte* inputs = tile->Inputs + (lane / 8 * TUnit.GroupBytes);
        nint* offsets = tile->Groups + group;
        nint step = tile->PositionBytes;
        for (int band = tile->Bands; band > 0; band--, inputs += tile->BandBytes)
        {
            byte* x0 = inputs + offsets[0], x1 = inputs + offsets[1], x2 = inputs + offsets[2];
            for (int position = tile->Width; position > 0; position--)
            {
                TSum a = TUnit.Load(start), b = TUnit.Load(start + otherStart);
                a = TUnit.Add(a, x0, a0);
                b = TUnit.Add(b, x0 + otherInput, b0);
                a = TUnit.Add(a, x1, a1);
                b = TUnit.Add(b, x1 + otherInput, b1);
                a = TUnit.Add(a, x2, a2);
                b = TUnit.Add(b, x2 + otherInput, b2);
                TUnit.Store(a, sums);
                TUnit.Store(b, sums + otherSum);
                x0 += step;
                x1 += step;
                x2 += step;
                start += startStep;
                sums += lanes;
            }

            // The other row of the band.
            sums += isShared ? rowSums : 0;
            start += isShared && !isFirst ? rowSums : 0;
        }
    }
}
