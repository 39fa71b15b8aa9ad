using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>Codes of a tile whose channels may differ in what scales them.</summary>
internal static unsafe class ScalingChoice
{
    /// <summary>
    /// Lays out the constants of each eight of some channels, and notes what scales them, two bits for each eight. The
    /// constants and the bias have been checked to be as many as there are channels.
    /// </summary>
    public static uint Prepare<TRequantizer>(
        in Requantization r, int first, int count, long products, ReadOnlySpan<int> bias, int* constants)
        where TRequantizer : struct, IRequantizer
    {
        uint kinds = 0;
        ChannelBlock block = new(r, first, products, bias);
        for (int channel = 0; channel < count; channel += 8, constants += ChannelConstants.Block, block.MoveOn())
        {
            kinds |= (uint)TRequantizer.Prepare(block, constants) << (channel / 4);
        }

        return kinds;
    }

    /// <summary>Writes the codes of 8 or 16 channels.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="kinds">What <see cref="Prepare"/> noted, the first channels' in the lowest bits.</param>
    /// <param name="r">The constants of all channels.</param>
    /// <param name="first">The tile's first channel.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TRequantizer>(SumTile* tile, uint kinds, in Requantization r, int first)
        where TRequantizer : struct, IRequantizer
    {
        uint kind = kinds & 3;
        if (kind != (uint)ScalingKind.Scalar && (tile->Channels == 8 || kind == ((kinds >> 2) & 3)))
        {
            TRequantizer.Run(tile, (ScalingKind)kind);
        }
        else
        {
            RunEights<TRequantizer>(*tile, kinds, r, first);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunEights<TRequantizer>(SumTile tile, uint kinds, in Requantization r, int first)
        where TRequantizer : struct, IRequantizer
    {
        int channels = tile.Channels;
        tile.Channels = 8;
        for (int channel = 0; channel < channels; channel += 8, kinds >>= 2)
        {
            if ((kinds & 3) != (uint)ScalingKind.Scalar)
            {
                TRequantizer.Run(&tile, (ScalingKind)(kinds & 3));
            }
            else
            {
                RunScalar<TRequantizer>(&tile, r, first + channel);
            }

            tile.Sums += 8;
            tile.Output += 8;
            tile.Constants += ChannelConstants.Block;
        }
    }

    private static void RunScalar<TRequantizer>(SumTile* tile, in Requantization r, int first)
        where TRequantizer : struct, IRequantizer
    {
        for (int position = 0; position < tile->Positions; position++)
        {
            TRequantizer.Run(
                new ReadOnlySpan<int>(tile->Sums + (position * tile->SumStride), 8),
                r,
                first,
                new Span<sbyte>(tile->Output + (position * tile->Stride), 8));
        }
    }
}
