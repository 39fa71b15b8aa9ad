using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Requantizers;
using TinyQuant.Kernels.Tiles;

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

        // |x − zp| is at most 255, and |w| 128.
        long products = (long)g.FilterHeight * g.FilterWidth * 255 * 128;
        tile->Kinds = CodeTiles.Prepare<TRequantizer>(
            args.Requantization, first, tile->Blocks * 8, products, args.Bias, tile->Constants);
    }

    // Columns that a group has and the window has not meet weights of zero.
    [SkipLocalsInit]
    private static void Interleave(in WindowGeometry g, LaneTile* tile, sbyte* weights)
    {
        sbyte* line = stackalloc sbyte[4 * LanePlan.Channels];
        byte* target = tile->Weights;
        int channels = tile->Blocks * 8;
        for (int row = 0; row < g.FilterHeight; row++)
        {
            for (int first = 0; first < g.FilterWidth; first += TUnit.Columns, target += 2 * TUnit.GroupBytes)
            {
                int columns = Math.Min(TUnit.Columns, g.FilterWidth - first);
                Bytes.Fill(line, 0, TUnit.Columns * LanePlan.Channels);
                for (int column = 0; column < columns; column++)
                {
                    Bytes.Copy(
                        weights + ((((nint)row * g.FilterWidth) + first + column) * g.OutputChannels), line + (column * LanePlan.Channels), channels);
                }

                TUnit.Interleave(line, LanePlan.Channels, target);
            }
        }
    }

    // Σ w (x + offset) is asked for Σ w (x − zp).
    private static void Fold(ref DepthwiseArgs args, LaneTile* tile, sbyte* weights)
    {
        int taps = args.Geometry.FilterHeight * args.Geometry.FilterWidth;
        nint stride = args.Geometry.OutputChannels;
        Vector256<int> offset = Vector256.Create(args.InputZeroPoint + TUnit.Offset);
        for (int channel = 0; channel < tile->Blocks * 8; channel += 8)
        {
            Vector256<int> sum = default;
            for (int tap = 0; tap < taps; tap++)
            {
                Vector128<sbyte> eight = Vector128.CreateScalarUnsafe(*(long*)(weights + (tap * stride) + channel)).AsSByte();
                (Vector128<int> lower, Vector128<int> upper) = Vector128.Widen(Vector128.WidenLower(eight));
                sum += Vector256.Create(lower, upper);
            }

            (Vector256.Create(args.Bias.Slice(tile->First + channel, 8)) - (offset * sum)).Store(tile->Bias + channel);
        }
    }
}
