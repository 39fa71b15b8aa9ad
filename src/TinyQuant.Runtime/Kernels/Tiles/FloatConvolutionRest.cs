using System.Runtime.InteropServices;
using TinyQuant.Kernels.FloatUnits;

namespace TinyQuant.Kernels.Tiles;

/// <summary>The last outputs, fewer than eight: a matrix-vector product for each window.</summary>
internal static unsafe class FloatConvolutionRest
{
    public static void Run(ref ConvolutionArgs args)
    {
        WindowGeometry g = args.Geometry;
        int first = g.OutputChannels & ~7;
        int count = g.OutputChannels - first;
        byte** segments = stackalloc byte*[ConvolutionInputs.SegmentCount(g)];
        Span<float> output = MemoryMarshal.Cast<byte, float>(args.Output);
        ReadOnlySpan<float> window = MemoryMarshal.Cast<byte, float>(args.Scratch[..args.Depth]);
        ReadOnlySpan<float> weights = MemoryMarshal.Cast<sbyte, float>(args.Weights)[(first * window.Length)..];
        ReadOnlySpan<float> bias = MemoryMarshal.Cast<int, float>(args.Bias)[first..];
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
                        Span<float> reals = output.Slice(at, count);
                        FloatDispatch.Run(window, weights, bias, reals);
                        ActivationClamp.Run(reals, args.Min, args.Max);
                    }
                }
            }
        }
    }
}
