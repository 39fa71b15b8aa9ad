using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels.Tiles;

/// <summary>
/// Outputs in blocks of at most 64, whose requantization constants are laid out once; for each block the windows of a row
/// in tiles of some positions by 16 outputs, the last tile over the one before it where it would not be full.
/// </summary>
internal readonly unsafe struct ConvolutionKernel<TWriter> : ITileKernel<ConvolutionArgs>
    where TWriter : struct, ITileWriter
{
    private const int BlockOutputs = 64;

    public static void Run<TTile>(ref ConvolutionArgs args)
        where TTile : struct, ITile
    {
        int outputs = args.Geometry.OutputChannels & ~7;
        fixed (byte* input = args.Input, scratch = args.Scratch, output = args.Output)
        fixed (sbyte* weights = args.Weights)
        fixed (int* bias = args.Bias)
        {
            for (int first = 0; first < outputs; first += BlockOutputs)
            {
                TileArgs tile = new()
                {
                    Weights = weights + ((nint)first * args.Depth),
                    Block = args.Depth * 8,
                    Bias = bias + first,
                };
                Block<TTile>(ref args, first, Math.Min(BlockOutputs, outputs - first), (sbyte*)input, (sbyte*)scratch, (sbyte*)output, tile);
            }
        }
    }

    [SkipLocalsInit]
    private static void Block<TTile>(
        ref ConvolutionArgs args, int first, int count, sbyte* input, sbyte* scratch, sbyte* output, TileArgs tile)
        where TTile : struct, ITile
    {
        WindowGeometry g = args.Geometry;
        int* constants = stackalloc int[BlockOutputs / 8 * ChannelConstants.Block];
        int* sums = stackalloc int[6 * 16];
        int* starts = stackalloc int[BlockOutputs];
        byte** segments = stackalloc byte*[ConvolutionInputs.SegmentCount(g)];
        uint kinds = TWriter.Prepare(ref args, first, count, constants);
        tile.Sums = sums;
        if (TTile.Offset != 0)
        {
            for (int channel = 0; channel < count; channel += 8)
            {
                TTile.Fold(tile.Weights + (channel / 8 * tile.Block), tile.Block, tile.Bias + channel, starts + channel);
            }

            tile.Bias = starts;
        }

        ConvolutionInputs inputs = new(g, input, scratch, args.Padding, segments);
        CodeTile codes = new()
        {
            Sums = sums,
            Stride = g.OutputChannels * TWriter.ElementBytes,
            ZeroPoint = args.Requantization.ZeroPoint,
            Min = args.Requantization.Min,
            Max = args.Requantization.Max,
        };
        sbyte* row = output + (first * TWriter.ElementBytes);
        for (int batch = 0; batch < g.Batches; batch++)
        {
            for (int y = 0; y < g.OutputHeight; y++, row += (nint)g.OutputRow * TWriter.ElementBytes)
            {
                inputs.MoveTo(batch, y);
                for (int x = 0; x < g.OutputWidth;)
                {
                    int positions = TileSizes.Next(g.OutputWidth - x, TTile.Rows);
                    int start = Math.Max(0, Math.Min(x, g.OutputWidth - positions));
                    codes.Positions = Math.Min(positions, g.OutputWidth);
                    inputs.Load(start, codes.Positions, positions, &tile);
                    codes.Output = row + (start * codes.Stride);
                    codes.Constants = constants;
                    Columns<TTile>(ref args, tile, codes, positions, kinds, first, count);
                    x = start + positions;
                }
            }
        }
    }

    private static void Columns<TTile>(ref ConvolutionArgs args, TileArgs tile, CodeTile codes, int positions, uint kinds, int first, int count)
        where TTile : struct, ITile
    {
        for (int column = 0; column < count; column += codes.Channels)
        {
            codes.Channels = column <= count - 16 ? 16 : 8;
            if (codes.Channels == 16)
            {
                Multiply<TTile, Columns2>(&tile, positions);
            }
            else
            {
                Multiply<TTile, Columns1>(&tile, positions);
            }

            codes.SumStride = codes.Channels;
            TWriter.Write(&codes, kinds, ref args, first + column);
            kinds >>= codes.Channels / 4;
            codes.Constants += codes.Channels / 8 * ChannelConstants.Block;
            codes.Output += codes.Channels * TWriter.ElementBytes;
            tile.Bias += codes.Channels;
            tile.Weights += codes.Channels / 8 * tile.Block;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply<TTile, TColumns>(TileArgs* tile, int positions)
        where TTile : struct, ITile
        where TColumns : struct, ITileColumns
    {
        if (TTile.Rows == 6 && positions == 6)
        {
            TTile.Run<Rows6, TColumns>(tile);
        }
        else
        {
            TTile.Run<Rows4, TColumns>(tile);
        }
    }
}
