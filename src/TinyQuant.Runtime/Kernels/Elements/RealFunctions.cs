using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels.Elements;

/// <summary>A function of one real value.</summary>
internal interface IRealFunction
{
    static abstract float Of(float x);
}

/// <summary>One that has the same answers in vectors.</summary>
internal interface IVectorFunction : IRealFunction
{
    static abstract Vector128<float> Of(Vector128<float> x);
}

/// <summary>Runs a function over all elements of a span; output and input may be one.</summary>
internal static class RealFunctions
{
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Run<TFunction>(ReadOnlySpan<float> input, Span<float> output)
        where TFunction : struct, IRealFunction
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        for (int i = 0; i < input.Length; i++)
        {
            output[i] = TFunction.Of(input[i]);
        }
    }

    /// <inheritdoc cref="Run"/>
    public static void RunVectors<TFunction>(ReadOnlySpan<float> input, Span<float> output)
        where TFunction : struct, IVectorFunction
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref float source = ref MemoryMarshal.GetReference(input);
            ref float target = ref MemoryMarshal.GetReference(output);
            for (; i <= input.Length - Vector128<float>.Count; i += Vector128<float>.Count)
            {
                TFunction.Of(Vector128.LoadUnsafe(ref source, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < input.Length; i++)
        {
            output[i] = TFunction.Of(input[i]);
        }
    }
}
