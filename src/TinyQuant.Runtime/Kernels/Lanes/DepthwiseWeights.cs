using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels.Lanes;

/// <summary>The weights of a tile, interleaved, and its constants.</summary>
internal static unsafe class DepthwiseWeights<TUnit, TSum, TGroup>
    where TUnit : struct, ILaneUnit<TSum, TGroup>
    where TSum : struct
    where TGroup : struct
{
    public static void Prepare<TRequantizer>(ref DepthwiseArgs args, LaneTile* tile, int first)
        where TRequantizer : struct, IRequantizer
    {
        ref readonly WindowGeometry g = ref args.Geometry;
        tile->First = first;
        tile->Blocks = first <= g.OutputChannels - LanePlan.Channels ? 2 : 1;
        fixed (sbyte* weights = args.Weights)
        {
            Interleave(g, tile, weights + first);
            Fold(ref args, tile, weights + first);
        }

        tile->IsPrepared = true;
        int taps = g.FilterHeight * g.FilterWidth;
        for (int block = 0; block < tile->Blocks; block++)
        {
            // |x − zp| is at most 255, and the unit may add 128 to x as it may take 128 times the weights off the bias.
            long bound = taps * 512L * 128;
            foreach (int bias in args.Bias.Slice(first + (block * 8), 8))
            {
                bound = Math.Max(bound, (taps * 512L * 128) + Math.Abs((long)bias));
            }

            tile->IsPrepared &= TRequantizer.Prepare(
                args.Requantization, first + (block * 8), bound, tile->Constants + (block * ChannelConstants.Block));
        }
    }

    [SkipLocalsInit]
    private static void Interleave(in WindowGeometry g, LaneTile* tile, sbyte* weights)
    {
        long zeros = 0;
        byte* target = tile->Weights;
        for (int band = 0; band < tile->Plan.Bands; band++)
        {
            for (int column = 0; column < g.FilterWidth; column++)
            {
                for (int block = 0; block < tile->Blocks; block++, target += TUnit.GroupBytes)
                {
                    RowPointers rows = default;
                    sbyte** row = &rows.Row0;
                    for (int i = 0; i < TUnit.Rows; i++)
                    {
                        int tap = (band * TUnit.Rows) + i;
                        row[i] = tap < g.FilterHeight
                            ? weights + (((tap * g.FilterWidth) + column) * g.OutputChannels) + (block * 8)
                            : (sbyte*)&zeros;
                    }

                    TUnit.InterleaveWeights(rows, target);
                }
            }
        }
    }

    // Σ w (x + offset) is asked for Σ w (x − zp).
    private static void Fold(ref DepthwiseArgs args, LaneTile* tile, sbyte* weights)
    {
        int taps = args.Geometry.FilterHeight * args.Geometry.FilterWidth;
        int stride = args.Geometry.OutputChannels;
        for (int channel = 0; channel < tile->Blocks * 8; channel++)
        {
            int sum = 0;
            for (int tap = 0; tap < taps; tap++)
            {
                sum += weights[((nint)tap * stride) + channel];
            }

            tile->Bias[channel] = args.Bias[tile->First + channel] - ((args.InputZeroPoint + TUnit.Offset) * sum);
        }
    }
}
