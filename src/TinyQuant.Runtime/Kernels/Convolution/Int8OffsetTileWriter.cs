using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels.Convolution;

/// <summary>int8 codes of weights with a zero point: a position's excess is taken from its sums first.</summary>
internal readonly unsafe struct Int8OffsetTileWriter<TRequantizer> : ITileWriter
    where TRequantizer : struct, IRequantizer
{
    public static int ElementBytes => 1;

    // A product of two codes is at most 128 · 128, and the excess of one 128 · 255.
    public static uint Prepare(ref ConvolutionArgs args, int first, int count, int* constants) =>
        ScalingChoice.Prepare<TRequantizer>(
            args.Requantization, first, count, args.Depth * 128L * (128 + 255), args.Bias, constants);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(SumTile* tile, uint kinds, ref ConvolutionArgs args, int channel)
    {
        Subtract(tile, ref args, channel);
        Int8TileWriter<TRequantizer>.Write(tile, kinds, ref args, channel);
    }

    // The outputs are pinned, and the tile's lie among them: each position has an excess.
    private static void Subtract(SumTile* tile, ref ConvolutionArgs args, int channel)
    {
        sbyte* output = (sbyte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(args.Output));
        int position = (int)((tile->Output - output - channel) / tile->Stride);
        int* sums = tile->Sums;
        foreach (int excess in args.Excess.Slice(position, tile->Positions))
        {
            var vector = Vector128.Create(excess);
            for (int i = 0; i < tile->Channels; i += 4)
            {
                (Vector128.Load(sums + i) - vector).Store(sums + i);
            }

            sums += tile->SumStride;
        }
    }
}
