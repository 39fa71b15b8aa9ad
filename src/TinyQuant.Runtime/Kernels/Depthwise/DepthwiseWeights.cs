using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.Depthwise;

/// <summary>The weights of a tile, interleaved, and what sums begin with.</summary>
internal static unsafe class DepthwiseWeights<TUnit, TSum, TGroup>
    where TUnit : struct, IDepthwiseUnit<TSum, TGroup>
    where TSum : struct
    where TGroup : struct
{
    // Rows that a group has and the window has not, and groups that the window has not, meet weights of zero.
    public static void Prepare(ref DepthwiseArgs args, DepthwiseTile* tile)
    {
        byte* target = tile->Weights;
        for (int shared = 0; shared < tile->Plan.Sharing; shared++)
        {
            int lower = shared * args.Geometry.StrideHeight;
            for (int group = 0; group < tile->Plan.Groups; group++, target += 4 * TUnit.GroupBytes)
            {
                int column = group / tile->Plan.ColumnGroups;
                Interleave(ref args, tile, ((group - (column * tile->Plan.ColumnGroups)) * TUnit.Rows) - lower, column,
                    target);
            }
        }

        Fold(ref args, tile);
    }

    private static void Interleave(ref DepthwiseArgs args, DepthwiseTile* tile, int row, int column, byte* target)
    {
        ref readonly WindowGeometry g = ref args.Geometry;
        sbyte* line = tile->Ends;
        sbyte** rows = tile->Rows;
        int channels = tile->Plan.Channels;
        for (int i = 0; i < TUnit.Rows; i++, row++, line += DepthwisePlan.Lanes)
        {
            rows[i] = line;
            if ((uint)row >= (uint)g.FilterHeight || column >= g.FilterWidth)
            {
                Vector256<sbyte>.Zero.Store(line);
                continue;
            }

            sbyte* weights = tile->LayerWeights + ((((nint)row * g.FilterWidth) + column) * g.OutputChannels)
                + tile->First;
            if (channels == DepthwisePlan.Lanes)
            {
                rows[i] = weights;
            }
            else
            {
                for (int channel = 0; channel < channels; channel += 8)
                {
                    *(long*)(line + channel) = *(long*)(weights + channel);
                }
            }
        }

        TUnit.Interleave(rows[0], rows[1], rows[2], rows[3], offset: 0, target);
    }

    // Σ w (x + offset) is asked for Σ w (x − zp). Σ w is the sum for inputs of 1.
    private static void Fold(ref DepthwiseArgs args, DepthwiseTile* tile)
    {
        Vector256.Create((sbyte)1).Store(tile->Ends);
        TUnit.Interleave(tile->Ends, tile->Ends, tile->Ends, tile->Ends, offset: 0, tile->Inputs);
        Vector256<int> offset = Vector256.Create(args.InputZeroPoint + TUnit.Offset);
        for (int lane = 0; lane < tile->Plan.Channels; lane += 8)
        {
            int* target = tile->Bias + lane;
            Vector256<int>.Zero.Store(target);
            TSum sum = TUnit.Load(target);
            byte* weights = tile->Weights + (lane / 8 * TUnit.GroupBytes);
            for (int group = 0; group < tile->Plan.Groups; group++, weights += 4 * TUnit.GroupBytes)
            {
                sum = TUnit.Add(sum, tile->Inputs, TUnit.Load(weights));
            }

            TUnit.Store(sum, target);
            (Vector256.Create(args.Bias.Slice(tile->First + lane, 8)) - (offset * Vector256.Load(target))).Store(
                target);
        }
    }
}
