using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels.Lanes;

/// <summary>
/// 16 channels at a time. Each row of the input is interleaved once, and serves all windows it lies in.
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
        LanePlan plan = new(args.Geometry, TUnit.Columns, TUnit.GroupBytes);
        int* constants = stackalloc int[2 * ChannelConstants.Block];
        int* sums = stackalloc int[LanePlan.MostPositions * LanePlan.Channels];
        int* bias = stackalloc int[LanePlan.Channels];
        sbyte* line = stackalloc sbyte[LanePlan.LineBytes];
        byte* inputs = stackalloc byte[LanePlan.InputBytes];
        nint* offsets = stackalloc nint[LanePlan.MostPositions];
        byte** groups = stackalloc byte*[plan.Groups * args.Geometry.FilterHeight];
        byte* weights = stackalloc byte[LanePlan.WeightBytes];
        LaneTile tile = new()
        {
            Constants = constants,
            Sums = sums,
            Bias = bias,
            Line = line,
            Inputs = inputs,
            Groups = groups,
            Offsets = offsets,
            Weights = weights,
            Plan = plan,
        };
        fixed (sbyte* input = args.Input, rows = args.Rows, output = args.Output)
        {
            if (args.Rows.IsEmpty || IsElementwise(args.Geometry, plan))
            {
                ChannelsFirst<TUnit, TSum, TGroup>(ref args, &tile, output);
            }
            else
            {
                RowsFirst<TUnit, TSum, TGroup>(ref args, &tile, output);
            }
        }
    }

    // Each output lies where the input does that its window is centred on: written over its input, it meets nothing that
    // other channels read, and its own rows are interleaved before.
    private static bool IsElementwise(in WindowGeometry g, in LanePlan plan) =>
        g.StrideHeight == 1 && g.StrideWidth == 1 && g.OutputHeight == g.InputHeight && g.OutputWidth == g.InputWidth
        && g.OutputWidth <= plan.Positions;

    // Constants are laid out once for all positions, and rows interleaved once for all windows.
    private static void ChannelsFirst<TUnit, TSum, TGroup>(ref DepthwiseArgs args, LaneTile* tile, sbyte* output)
        where TUnit : struct, ILaneUnit<TSum, TGroup>
        where TSum : struct
        where TGroup : struct
    {
        WindowGeometry g = args.Geometry;
        args.Window = new(g, default);
        int image = g.InputHeight * g.InputRow;
        for (int first = 0; first <= g.OutputChannels - 8; first += LanePlan.Channels)
        {
            DepthwiseWeights<TUnit, TSum, TGroup>.Prepare<TRequantizer>(ref args, tile, first);
            for (int batch = 0; batch < g.Batches; batch++)
            {
                args.Window.Start(args.Input.Slice(batch * image, image));
                sbyte* target = output + ((nint)batch * g.OutputHeight * g.OutputRow);
                for (int column = 0; column < g.OutputWidth; column += tile->Plan.Positions)
                {
                    Start<TUnit, TSum, TGroup>(g, tile, row: 0, column, tile->Plan.OutputRows);
                    for (int row = 0; row < g.OutputHeight; row += tile->Plan.OutputRows)
                    {
                        tile->Height = Math.Min(tile->Plan.OutputRows, g.OutputHeight - row);
                        Rows<TUnit, TSum, TGroup>(ref args, tile, row, target + ((nint)row * g.OutputRow));
                    }
                }
            }
        }
    }

    // The output is written over the input: all channels of a row before the next one.
    private static void RowsFirst<TUnit, TSum, TGroup>(ref DepthwiseArgs args, LaneTile* tile, sbyte* output)
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
                        DepthwiseWeights<TUnit, TSum, TGroup>.Prepare<TRequantizer>(ref args, tile, first);
                    }

                    for (int column = 0; column < g.OutputWidth; column += tile->Plan.Positions)
                    {
                        Start<TUnit, TSum, TGroup>(g, tile, row, column, height: 1);
                        Rows<TUnit, TSum, TGroup>(ref args, tile, row, output);
                    }
                }
            }
        }
    }

    private static void Start<TUnit, TSum, TGroup>(in WindowGeometry g, LaneTile* tile, int row, int column, int height)
        where TUnit : struct, ILaneUnit<TSum, TGroup>
        where TSum : struct
        where TGroup : struct
    {
        tile->Column = column;
        tile->Width = Math.Min(tile->Plan.Positions, g.OutputWidth - column);
        tile->RowBytes = tile->Plan.InterleavedColumns(g, tile->Width) * tile->Plan.GroupBytes;
        tile->NextRow = tile->TopRow = g.FirstRow(row);
        tile->Height = height;
        DepthwiseProducts<TUnit, TSum, TGroup>.Point(g, tile);
    }

    private static void Rows<TUnit, TSum, TGroup>(ref DepthwiseArgs args, LaneTile* tile, int row, sbyte* output)
        where TUnit : struct, ILaneUnit<TSum, TGroup>
        where TSum : struct
        where TGroup : struct
    {
        ref readonly WindowGeometry g = ref args.Geometry;
        nint shift = DepthwiseInputs<TUnit, TSum, TGroup>.MoveTo(ref args, tile, row);
        for (int block = 0; block < tile->Blocks; block++)
        {
            DepthwiseProducts<TUnit, TSum, TGroup>.Run(tile, (nint)g.FilterHeight * tile->Plan.Groups, shift, block);
        }

        CodeTile codes = new()
        {
            Sums = tile->Sums,
            SumStride = tile->Blocks * 8,
            Positions = tile->Positions,
            Channels = tile->Blocks * 8,
            Constants = tile->Constants,
            Output = output + ((nint)tile->Column * g.OutputChannels) + tile->First,
            Stride = g.OutputChannels,
            ZeroPoint = args.Requantization.ZeroPoint,
            Min = args.Requantization.Min,
            Max = args.Requantization.Max,
        };
        CodeTiles.Run<TRequantizer>(&codes, tile->Kinds, args.Requantization, tile->First);
    }
}
