using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TinyQuant.Kernels.Units;

namespace TinyQuant.Kernels.Tiles;

/// <summary>The last outputs, fewer than eight: a matrix-vector product for each window.</summary>
internal static unsafe class ConvolutionRest<TRange, TRequantizer>
    where TRange : struct, IWeightRange
    where TRequantizer : struct, IRequantizer
{
    [SkipLocalsInit]
    public static void Run(ref ConvolutionArgs args)
    {
        WindowGeometry g = args.Geometry;
        int first = g.OutputChannels & ~7;
        int count = g.OutputChannels - first;
        byte** segments = stackalloc byte*[ConvolutionInputs.SegmentCount(g)];
        Span<int> sums = stackalloc int[8];
        sums = sums[..count];
        Span<sbyte> output = MemoryMarshal.Cast<byte, sbyte>(args.Output);
        RowArgs row = new()
        {
            Input = args.Scratch[..args.Depth],
            Weights = args.Weights.Slice(first * args.Depth, count * args.Depth),
            Bias = args.Bias.Slice(first, count),
            Accumulators = sums,
        };
        fixed (byte* input = args.Input, scratch = args.Scratch)
        {
            ConvolutionInputs inputs = new(g, (sbyte*)input, (sbyte*)scratch, args.Padding, segments);
            int at = first;
            for (int batch = 0; batch < g.Batches; batch++)
            {
                for (int y = 0; y < g.OutputHeight; y++)
                {
                    inputs.MoveTo(batch, y);
                    for (int x = 0; x < g.OutputWidth; x++, at += g.OutputChannels)
                    {
                        inputs.LoadPatch(x, (sbyte*)scratch);
                        DotDispatch.Run<FullyConnectedKernel, RowArgs, TRange>(isUnsigned: false, ref row);
                        TRequantizer.Run(sums, args.Requantization, first, output.Slice(at, count));
                    }
                }
            }
        }
    }
}
