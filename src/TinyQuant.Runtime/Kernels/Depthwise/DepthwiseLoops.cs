using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels.Depthwise;

/// <summary>
/// 32 lanes at a time. Columns of the input are interleaved, some rows each, and serve all windows they lie in.
/// </summary>
internal static unsafe class DepthwiseLoops
{
    /// <summary>
    /// Computes all channels but the last ones, fewer than eight; none where the window does not fit the buffers.
    /// </summary>
    [SkipLocalsInit]
    public static void Run(ref DepthwiseArgs args, in DepthwiseMethods methods)
    {
        WindowGeometry g = args.Geometry;
        DepthwiseTile tile = new() { Methods = methods };
        Begin(g, &tile, first: 0, mostSharing: 2);
        if (tile.Plan.Positions == 0)
        {
            return;
        }

        byte* memory = stackalloc byte[DepthwiseBuffers.Bytes];
        DepthwiseBuffers.Lay(&tile, memory);
        args.Window = new(g, args.Rows);
        args.Done = g.OutputChannels & ~7;
        fixed (sbyte* input = args.Input, rows = args.Rows, weights = args.Weights, output = args.Output)
        {
            tile.LayerWeights = weights;
            if (args.Rows.IsEmpty || IsInterleavedFirst(g, tile.Plan))
            {
                ChannelsFirst(ref args, &tile, output);
            }
            else
            {
                RowsFirst(ref args, &tile, output);
            }
        }
    }

    // Written over its input, an output meets nothing that is still to be interleaved: the rows below are interleaved
    // first as far as they reach into it, and no other channels read what lies there, as there are none, or each output
    // lies where the input does that its window is centred on.
    private static bool IsInterleavedFirst(in WindowGeometry g, in DepthwisePlan plan) =>
        g.OutputWidth <= plan.Positions && g.PaddingTop <= plan.OutputRows
        && (g.OutputChannels == plan.Channels
            || (g.StrideHeight == 1 && g.StrideWidth == 1 && g.OutputHeight == g.InputHeight
                && g.OutputWidth == g.InputWidth));

    // Constants are laid out once for all positions.
    private static void ChannelsFirst(ref DepthwiseArgs args, DepthwiseTile* tile, sbyte* output)
    {
        WindowGeometry g = args.Geometry;
        args.Window = new(g, default);
        int image = g.InputHeight * g.InputRow;
        for (int first = 0; first < args.Done; first += tile->Plan.Channels)
        {
            Begin(g, tile, first, mostSharing: 2);
            Prepare(ref args, tile, slot: 0);
            for (int batch = 0; batch < g.Batches; batch++)
            {
                args.Window.Start(args.Input.Slice(batch * image, image));
                for (int column = 0; column < g.OutputWidth; column += tile->Plan.Positions)
                {
                    Columns(ref args, tile, column, output + ((nint)batch * g.OutputHeight * g.OutputRow));
                }
            }
        }
    }

    private static void Columns(ref DepthwiseArgs args, DepthwiseTile* tile, int column, sbyte* output)
    {
        int height = args.Geometry.OutputHeight;
        int rows = Math.Min(tile->Plan.OutputRows, height);
        DepthwiseInputs.Start(ref args, tile, column, rows);
        DepthwiseInputs.MoveTo(args.Geometry, tile, 0, rows);
        for (int row = 0; row < height;)
        {
            // What is next, before codes are written: they may be over it.
            int next = row + rows;
            int nextRows = Math.Min(rows, height - next);
            tile->Methods.Products(tile);
            DepthwiseInputs.MoveTo(args.Geometry, tile, next, nextRows);
            Write(ref args, tile, rows, output + ((nint)row * args.Geometry.OutputRow));
            (row, rows) = (next, nextRows);
        }
    }

    private static void Write(ref DepthwiseArgs args, DepthwiseTile* tile, int rows, sbyte* output)
    {
        ref readonly WindowGeometry g = ref args.Geometry;
        int width = tile->Width;
        output += ((nint)tile->Column * g.OutputChannels) + tile->First;
        if (width == g.OutputWidth)
        {
            (width, rows) = (width * rows, 1);
        }

        int* sums = tile->Sums;
        for (; rows > 0; rows--, output += g.OutputRow, sums += tile->Width * tile->Plan.SumLanes)
        {
            tile->Methods.Codes(ref args, tile, sums, width, output);
        }
    }

    // The output is written over the input: all channels of a row before the next one.
    private static void RowsFirst(ref DepthwiseArgs args, DepthwiseTile* tile, sbyte* output)
    {
        WindowGeometry g = args.Geometry;
        int image = g.InputHeight * g.InputRow;
        Begin(g, tile, first: 0, mostSharing: 1);
        tile->RingRows = ((g.FilterHeight - 1) * g.DilationHeight) + 1;
        bool isPreparedOnce = DepthwiseBuffers.HoldAll(tile, g.OutputChannels);
        for (int batch = 0; batch < g.Batches; batch++)
        {
            args.Window.Start(args.Input.Slice(batch * image, image));
            for (int row = 0; row < g.OutputHeight; row++, output += g.OutputRow)
            {
                args.Window.MoveTo(row);
                int slot = 0;
                for (int first = 0; first < args.Done; first += tile->Plan.Channels)
                {
                    Begin(g, tile, first, mostSharing: 1);
                    if (row + batch == 0 || !isPreparedOnce)
                    {
                        Prepare(ref args, tile, slot);
                    }

                    DepthwiseBuffers.Choose(tile, slot);
                    slot += isPreparedOnce ? 1 : 0;
                    for (int column = 0; column < g.OutputWidth; column += tile->Plan.Positions)
                    {
                        DepthwiseInputs.Start(ref args, tile, column, outputRows: 1);
                        DepthwiseInputs.MoveTo(g, tile, row, outputRows: 1);
                        tile->Methods.Products(tile);
                        Write(ref args, tile, rows: 1, output);
                    }
                }
            }
        }
    }

    private static void Begin(in WindowGeometry g, DepthwiseTile* tile, int first, int mostSharing)
    {
        int channels = Math.Min((g.OutputChannels - first) & ~7, DepthwisePlan.Lanes);
        tile->First = first;
        if (tile->Plan.Channels != channels || tile->Plan.Sharing > mostSharing)
        {
            tile->Plan = new(g, channels, tile->Methods.GroupRows, tile->Methods.GroupBytes, mostSharing);
        }
    }

    private static void Prepare(ref DepthwiseArgs args, DepthwiseTile* tile, int slot)
    {
        DepthwiseBuffers.Choose(tile, slot);
        tile->Methods.Weights(ref args, tile);
        tile->Methods.Constants(ref args, tile);
    }
}
