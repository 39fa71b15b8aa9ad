using System.Runtime.InteropServices;
using TinyQuant.Kernels.FloatDot;

namespace TinyQuant.Kernels.Convolution;

/// <summary>The last outputs, fewer than eight: a matrix-vector product for each window.</summary>
internal static unsafe class FloatConvolutionRest
{
    public static void Run(ref ConvolutionArgs args)
    {
        WindowGeometry g = args.Geometry;
        int first = g.OutputChannels & ~7;
        int count = g.OutputChannels - first;
        Span<float> output = MemoryMarshal.Cast<byte, float>(args.Output);
        ReadOnlySpan<float> window = MemoryMarshal.Cast<byte, float>(args.Scratch[..args.Depth]);
        ReadOnlySpan<float> weights = MemoryMarshal.Cast<sbyte, float>(args.Weights)[(first * window.Length)..];
        ReadOnlySpan<float> bias = MemoryMarshal.Cast<int, float>(args.Bias)[first..];
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
                        FloatDispatch.Run(window, weights, bias, args.Min, args.Max, output.Slice(at, count));
                    }
                }
            }
        }
    }
}
