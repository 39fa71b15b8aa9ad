using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Requantizers;
using TinyQuant.Kernels.Tiles;

namespace TinyQuant.Kernels.Lanes;

/// <summary>
/// 16 channels at a time. The inputs of a row's windows are interleaved once, column by column, and each column serves all
/// windows it lies in.
/// </summary>
internal readonly unsafe struct DepthwiseKernel<TRequantizer> : ILaneKernel<DepthwiseArgs>
    where TRequantizer : struct, IRequantizer
{
    [SkipLocalsInit]
    public static void Run<TUnit, TSum, TGroup>(ref DepthwiseArgs args)
        where TUnit : struct, ILaneUnit<TSum, TGroup>
        where TSum : struct
        where TGroup : struct
    {
        LanePlan plan = new(args.Geometry, TUnit.Rows, TUnit.GroupBytes);
        int* constants = stackalloc int[2 * ChannelConstants.Block];
        int* sums = stackalloc int[LanePlan.MostPositions * LanePlan.Channels];
        int* bias = stackalloc int[LanePlan.Channels];
        sbyte* outside = stackalloc sbyte[LanePlan.Channels];
        Bytes.Fill(outside, (sbyte)args.InputZeroPoint, LanePlan.Channels);
        byte* inputs = stackalloc byte[LanePlan.InputBytes];
        byte* weights = stackalloc byte[LanePlan.WeightBytes];
        LaneTile tile = new()
        {
            Constants = constants,
            Sums = sums,
            Bias = bias,
            Outside = outside,
            Inputs = inputs,
            Weights = weights,
            Plan = plan,
        };
        fixed (sbyte* input = args.Input, rows = args.Rows, output = args.Output)
        {
            if (args.Rows.IsEmpty)
            {
                ChannelsFirst<TUnit, TSum, TGroup>(ref args, tile, output);
            }
            else
            {
                RowsFirst<TUnit, TSum, TGroup>(ref args, tile, output);
            }
        }
    }

    // Constants are laid out once for all positions.
    private static void ChannelsFirst<TUnit, TSum, TGroup>(ref DepthwiseArgs args, LaneTile tile, sbyte* output)
        where TUnit : struct, ILaneUnit<TSum, TGroup>
        where TSum : struct
        where TGroup : struct
    {
        WindowGeometry g = args.Geometry;
        args.Window = new(g, default);
        int image = g.InputHeight * g.InputRow;
        for (int first = 0; first <= g.OutputChannels - 8; first += LanePlan.Channels)
        {
            DepthwiseWeights<TUnit, TSum, TGroup>.Prepare<TRequantizer>(ref args, &tile, first);
            for (int batch = 0; batch < g.Batches; batch++)
            {
                args.Window.Start(args.Input.Slice(batch * image, image));
                for (int row = 0; row < g.OutputHeight; row++)
                {
                    Row<TUnit, TSum, TGroup>(ref args, &tile, row, output + ((((nint)batch * g.OutputHeight) + row) * g.OutputRow));
                }
            }
        }
    }

    // The output is written over the input: all channels of a row before the next one.
    private static void RowsFirst<TUnit, TSum, TGroup>(ref DepthwiseArgs args, LaneTile tile, sbyte* output)
        where TUnit : struct, ILaneUnit<TSum, TGroup>
        where TSum : struct
        where TGroup : struct
    {
        WindowGeometry g = args.Geometry;
        args.Window = new(g, args.Rows);
        int image = g.InputHeight * g.InputRow;
        for (int batch = 0; batch < g.Batches; batch++)
        {
            args.Window.Start(args.Input.Slice(batch * image, image));
            for (int row = 0; row < g.OutputHeight; row++, output += g.OutputRow)
            {
                args.Window.MoveTo(row);
                for (int first = 0; first <= g.OutputChannels - 8; first += LanePlan.Channels)
                {
                    // One tile of constants serves all rows.
                    if (row + batch == 0 || g.OutputChannels >= LanePlan.Channels + 8)
                    {
                        DepthwiseWeights<TUnit, TSum, TGroup>.Prepare<TRequantizer>(ref args, &tile, first);
                    }

                    Row<TUnit, TSum, TGroup>(ref args, &tile, row, output);
                }
            }
        }
    }

    private static void Row<TUnit, TSum, TGroup>(
        ref DepthwiseArgs args, LaneTile* tile, int row, sbyte* output)
        where TUnit : struct, ILaneUnit<TSum, TGroup>
        where TSum : struct
        where TGroup : struct
    {
        ref readonly WindowGeometry g = ref args.Geometry;
        CodeTile codes = new()
        {
            Sums = tile->Sums,
            SumStride = tile->Blocks * 8,
            Channels = tile->Blocks * 8,
            Constants = tile->Constants,
            Stride = g.OutputChannels,
            ZeroPoint = args.Requantization.ZeroPoint,
            Min = args.Requantization.Min,
            Max = args.Requantization.Max,
        };
        for (int column = 0; column < g.OutputWidth; column += tile->Plan.Positions)
        {
            codes.Positions = Math.Min(tile->Plan.Positions, g.OutputWidth - column);
            tile->Positions = codes.Positions;
            tile->Columns = ((codes.Positions - 1) * g.StrideWidth) + ((g.FilterWidth - 1) * g.DilationWidth) + 1;
            DepthwiseInputs<TUnit, TSum, TGroup>.Load(ref args, tile, row, g.FirstColumn(column));
            for (int block = 0; block < tile->Blocks; block++)
            {
                DepthwiseProducts<TUnit, TSum, TGroup>.Run(g, tile, block);
            }

            codes.Output = output + ((nint)column * g.OutputChannels) + tile->First;
            CodeTiles.Run<TRequantizer>(&codes, tile->Kinds, args.Requantization, tile->First);
        }
    }
}
