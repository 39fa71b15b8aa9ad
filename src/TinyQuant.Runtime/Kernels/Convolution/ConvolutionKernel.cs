using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels.Convolution;

/// <summary>
/// Outputs in blocks of at most 64, whose constants are laid out once; for each block the windows of a row, or of a
/// strip of it, in tiles of some positions by 16 outputs, the last tile over the one before it where it would not be
/// full.
/// </summary>
internal readonly unsafe struct ConvolutionKernel<TWriter> : ITileKernel<ConvolutionArgs>
    where TWriter : struct, ITileWriter
{
    private const int BlockOutputs = 64;

    [SkipLocalsInit]
    public static void Run<TTile>(ref ConvolutionArgs args)
        where TTile : struct, ITile
    {
        int outputs = args.Geometry.OutputChannels & ~7;
        ConvolutionStrips strips = ConvolutionInputs.StripsOf(args.Geometry);
        byte** segments = stackalloc byte*[strips.SegmentCount];
        int* sums = stackalloc int[6 * 16];
        fixed (byte* input = args.Input, scratch = args.Scratch, output = args.Output)
        fixed (sbyte* weights = args.Weights)
        fixed (int* bias = args.Bias)
        {
            ConvolutionInputs inputs = new(args.Geometry, strips, (sbyte*)scratch, args.Padding, segments);
            TileArgs tile = new() { Block = (nint)args.Depth * 8, Sums = sums };
            inputs.Describe(&tile);
            for (int first = 0; first < outputs; first += BlockOutputs)
            {
                tile.Weights = weights + ((nint)first * args.Depth);
                tile.Bias = bias + first;
                Block<TTile>(ref args, first, Math.Min(BlockOutputs, outputs - first), ref inputs, (sbyte*)input,
                    (sbyte*)output, &tile);
            }
        }
    }

    [SkipLocalsInit]
    private static void Block<TTile>(
        ref ConvolutionArgs args, int first, int count, ref ConvolutionInputs inputs, sbyte* image, sbyte* output,
        TileArgs* tile)
        where TTile : struct, ITile
    {
        ref readonly WindowGeometry g = ref args.Geometry;
        int* constants = stackalloc int[BlockOutputs / 8 * ChannelConstants.Block];
        int* starts = stackalloc int[BlockOutputs];
        if (TTile.Offset != 0)
        {
            for (int channel = 0; channel < count; channel += 8)
            {
                TTile.Fold(
                    tile->Weights + (channel / 8 * tile->Block), tile->Block, tile->Bias + channel, starts + channel);
            }

            tile->Bias = starts;
        }

        SumTile codes = new()
        {
            Sums = tile->Sums,
            Stride = g.OutputChannels * TWriter.ElementBytes,
            ZeroPoint = args.Requantization.ZeroPoint,
            Min = args.Requantization.Min,
            Max = args.Requantization.Max,
            Constants = constants,
        };
        uint kinds = TWriter.Prepare(ref args, first, count, constants);
        output += first * TWriter.ElementBytes;
        for (int batch = 0; batch < g.Batches; batch++, image += (nint)g.InputHeight * g.InputRow)
        {
            for (int position = 0; position < g.OutputWidth; position += inputs.Strip)
            {
                int positions = Math.Min(inputs.Strip, g.OutputWidth - position);
                inputs.Start(image, position);
                sbyte* row = output + (position * codes.Stride);
                for (int y = 0; y < g.OutputHeight; y++, row += g.OutputWidth * codes.Stride)
                {
                    inputs.MoveTo(y);
                    Columns<TTile>(ref args, *tile, codes, positions, kinds, first, count, row);
                }
            }

            output += (nint)g.OutputHeight * g.OutputWidth * codes.Stride;
        }
    }

    private static void Columns<TTile>(
        ref ConvolutionArgs args, TileArgs tile, SumTile codes, int positions, uint kinds, int first, int count,
        sbyte* row)
        where TTile : struct, ITile
    {
        for (int column = 0; column < count; column += codes.Channels)
        {
            codes.Channels = column <= count - 16 ? 16 : 8;
            codes.SumStride = codes.Channels;
            if (codes.Channels == 16)
            {
                Tiles<TTile, Columns2>(ref args, &tile, &codes, positions, kinds, first + column, row);
            }
            else
            {
                Tiles<TTile, Columns1>(ref args, &tile, &codes, positions, kinds, first + column, row);
            }

            kinds >>= codes.Channels / 4;
            row += codes.Channels * TWriter.ElementBytes;
            tile.Bias += codes.Channels;
            tile.Weights += codes.Channels / 8 * tile.Block;
            codes.Constants += codes.Channels / 8 * ChannelConstants.Block;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tiles<TTile, TColumns>(
        ref ConvolutionArgs args, TileArgs* tile, SumTile* codes, int count, uint kinds, int channel, sbyte* row)
        where TTile : struct, ITile
        where TColumns : struct, ITileColumns
    {
        for (int x = 0; x < count;)
        {
            int positions = TileSizes.Next(count - x, TTile.Rows);
            int start = Math.Max(0, Math.Min(x, count - positions));
            tile->Offset = start * tile->Step;
            codes->Positions = Math.Min(positions, count);
            codes->Output = row + (start * codes->Stride);
            if (TTile.Rows == 6 && positions == 6)
            {
                TTile.Run<Rows6, TColumns>(tile);
            }
            else
            {
                TTile.Run<Rows4, TColumns>(tile);
            }

            TWriter.Write(codes, kinds, ref args, channel);
            x = start + positions;
        }
    }
}
