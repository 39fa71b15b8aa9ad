using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.FloatDot;

/// <summary>The one place where an instruction set is chosen for float32 products.</summary>
internal static class FloatDispatch
{
    public static string Name =>
        Vector512.IsHardwareAccelerated ? Float512.Name
        : Fma.IsSupported && Vector256.IsHardwareAccelerated ? Float256.Name
        : Vector128.IsHardwareAccelerated ? Float128.Name
        : FloatScalar.Name;

    /// <summary>One input vector times all weights, plus the bias, clamped; the output may be the bias.</summary>
    public static void Run(
        ReadOnlySpan<float> input, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, float min, float max,
        Span<float> output)
    {
        ref float x = ref MemoryMarshal.GetReference(input);
        ref float w = ref MemoryMarshal.GetReference(weights);
        ref float b = ref MemoryMarshal.GetReference(bias);
        ref float y = ref MemoryMarshal.GetReference(output);
        if (Vector512.IsHardwareAccelerated)
        {
            FloatKernel<Float512, Vector512<float>>.Run(
                ref x, input.Length, ref w, ref b, min, max, ref y, bias.Length);
        }
        else if (Fma.IsSupported && Vector256.IsHardwareAccelerated)
        {
            FloatKernel<Float256, Vector256<float>>.Run(
                ref x, input.Length, ref w, ref b, min, max, ref y, bias.Length);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            FloatKernel<Float128, Vector128<float>>.Run(
                ref x, input.Length, ref w, ref b, min, max, ref y, bias.Length);
        }
        else
        {
            FloatKernel<FloatScalar, float>.Run(ref x, input.Length, ref w, ref b, min, max, ref y, bias.Length);
        }
    }

    /// <summary>
    /// The dot products of filters of one length, of which as many as there are for each sum are added to its bias.
    /// </summary>
    /// <param name="input">What the filters are multiplied with, as many values.</param>
    /// <param name="weights">The filters.</param>
    /// <param name="length">Values of a filter.</param>
    /// <param name="bias">What each sum begins with.</param>
    /// <param name="output">The sums.</param>
    public static void Run(
        ReadOnlySpan<float> input, ReadOnlySpan<float> weights, int length, ReadOnlySpan<float> bias,
        Span<float> output)
    {
        ref float x = ref MemoryMarshal.GetReference(input);
        ref float w = ref MemoryMarshal.GetReference(weights);
        ref float b = ref MemoryMarshal.GetReference(bias);
        ref float y = ref MemoryMarshal.GetReference(output);
        int rank = weights.Length / length / output.Length;
        if (Fma.IsSupported && Vector256.IsHardwareAccelerated)
        {
            FloatFilters<Float256, Vector256<float>>.Run(ref x, ref w, length, rank, ref b, ref y, output.Length);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            FloatFilters<Float128, Vector128<float>>.Run(ref x, ref w, length, rank, ref b, ref y, output.Length);
        }
        else
        {
            FloatFilters<FloatScalar, float>.Run(ref x, ref w, length, rank, ref b, ref y, output.Length);
        }
    }

    /// <summary>A depthwise convolution of one channel in, one channel out.</summary>
    public static void Run(ref FloatDepthwiseArgs args)
    {
        int first = Fma.IsSupported && Vector256.IsHardwareAccelerated
            ? FloatDepthwise<Float256, Vector256<float>>.Run(ref args, 0)
            : Vector128.IsHardwareAccelerated ? FloatDepthwise<Float128, Vector128<float>>.Run(ref args, 0)
            : 0;
        FloatDepthwise<FloatScalar, float>.Run(ref args, first);
    }
}
