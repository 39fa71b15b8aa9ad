using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

public static partial class Quantize
{
    /// <summary>
    /// Writes <c>clamp(round(x / scale) + zeroPoint)</c> as int16 codes, halves away from zero; NaN is real 0.
    /// </summary>
    /// <param name="input">Real values, any number.</param>
    /// <param name="scale">The real value of one step.</param>
    /// <param name="zeroPoint">The code of real zero, in [-32768, 32767].</param>
    /// <param name="output">As long as <paramref name="input"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Run(ReadOnlySpan<float> input, float scale, int zeroPoint, Span<short> output)
    {
        const float beyond = 1 << 17;
        SpanChecks.Equal(output.Length, input.Length, "output", "input");
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref float source = ref MemoryMarshal.GetReference(input);
            for (; i <= input.Length - Vector128<short>.Count; i += Vector128<short>.Count)
            {
                Vector128.NarrowWithSaturation(
                    Steps(Vector128.LoadUnsafe(ref source, (nuint)i), scale, beyond) + Vector128.Create(zeroPoint),
                    Steps(Vector128.LoadUnsafe(ref source, (nuint)i + 4), scale, beyond) + Vector128.Create(zeroPoint))
                    .StoreUnsafe(ref MemoryMarshal.GetReference(output), (nuint)i);
            }
        }

        for (; i < input.Length; i++)
        {
            float steps = input[i] / scale;
            steps = float.IsNaN(steps) ? 0 : Math.Clamp(steps, -beyond, beyond);
            output[i] = (short)Math.Clamp(Round(steps) + zeroPoint, short.MinValue, short.MaxValue);
        }
    }

    /// <summary>Rounded quotients that are not beyond a number; NaN is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Steps(Vector128<float> reals, float scale, float beyond)
    {
        Vector128<float> steps = reals / scale;
        steps = (steps.AsInt32() & Vector128.Equals(steps, steps).AsInt32()).AsSingle();
        steps = Vector128.MinNative(Vector128.MaxNative(steps, Vector128.Create(-beyond)), Vector128.Create(beyond));
        Vector128<float> half = (steps & Vector128.Create(-0f)) | Vector128.Create(BelowHalf);
        return Vector128.ConvertToInt32Native(steps + half);
    }
}
