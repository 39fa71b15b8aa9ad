using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Kernels.Convolution;

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
        Span<int> sums = stackalloc int[8];
        sums = sums[..count];
        Span<sbyte> output = MemoryMarshal.Cast<byte, sbyte>(args.Output);
        MatrixVectorArgs row = new()
        {
            Input = args.Scratch[..args.Depth],
            Weights = args.Weights.Slice(first * args.Depth, count * args.Depth),
            Bias = args.Bias.Slice(first, count),
            Accumulators = sums,
        };
        fixed (byte* input = args.Input, scratch = args.Scratch)
        {
            int at = first;
            for (int batch = 0; batch < g.Batches; batch++)
            {
                PaddedInput image = new(g, (sbyte*)input + ((nint)batch * g.InputHeight * g.InputRow), args.Padding);
                for (int y = 0; y < g.OutputHeight; y++)
                {
                    for (int x = 0; x < g.OutputWidth; x++, at += g.OutputChannels)
                    {
                        image.CopyWindow(y, x, (sbyte*)scratch);
                        DotDispatch.Run<MatrixVectorKernel, MatrixVectorArgs, TRange>(isUnsigned: false, ref row);
                        if (!args.Excess.IsEmpty)
                        {
                            Subtract(args.Excess[at / g.OutputChannels], sums);
                        }

                        TRequantizer.Run(sums, args.Requantization, first, output.Slice(at, count));
                    }
                }
            }
        }
    }

    private static void Subtract(int excess, Span<int> sums)
    {
        foreach (ref int sum in sums)
        {
            sum = unchecked(sum - excess);
        }
    }
}
