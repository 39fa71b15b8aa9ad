using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Elements;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels.Convolution;

/// <summary>float32 values, clamped.</summary>
internal readonly unsafe struct FloatTileWriter : ITileWriter
{
    public static int ElementBytes => sizeof(float);

    public static uint Prepare(ref ConvolutionArgs args, int first, int count, int* constants) => 0;

    public static void Write(SumTile* tile, uint kinds, ref ConvolutionArgs args, int channel)
    {
        Vector256<float> min = Vector256.Create(args.Min), max = Vector256.Create(args.Max);
        for (int position = 0; position < tile->Positions; position++)
        {
            float* sums = (float*)tile->Sums + (position * tile->SumStride);
            float* output = (float*)(tile->Output + (position * tile->Stride));
            for (int i = 0; i < tile->Channels; i += 8)
            {
                ActivationClamp.Of(Vector256.Load(sums + i), min, max).Store(output + i);
            }
        }
    }
}
