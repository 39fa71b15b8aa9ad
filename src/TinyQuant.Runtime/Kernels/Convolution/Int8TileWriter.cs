using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels.Convolution;

/// <summary>int8 codes.</summary>
internal readonly unsafe struct Int8TileWriter<TRequantizer> : ITileWriter
    where TRequantizer : struct, IRequantizer
{
    public static int ElementBytes => 1;

    public static uint Prepare(ref ConvolutionArgs args, int first, int count, int* constants) =>
        ScalingChoice.Prepare<TRequantizer>(
        args.Requantization, first, count, args.Depth * 128L * 128, args.Bias, constants);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(SumTile* tile, uint kinds, ref ConvolutionArgs args, int channel) =>
        ScalingChoice.Run<TRequantizer>(tile, kinds, args.Requantization, channel);
}
