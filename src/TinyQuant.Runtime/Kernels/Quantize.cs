using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

/// <summary>Real values and pixels to int8 codes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Quantize
{
    // The greatest float32 below a half. trunc(t + copysign(this, t)) is round-half-away for |t| < 2^22; with a half
    // itself the sum of 0.49999997 and a half would round to 1.
    private const float BelowHalf = 0.49999997f;

    /// <summary>Writes <c>clamp(round(x / scale) + zeroPoint, -128, 127)</c>, halves away from zero.</summary>
    /// <remarks>
    /// A float32 division, as in <c>tensorflow/lite/kernels/internal/reference/quantize.h</c>. NaN, also of 0/0,
    /// becomes the zero point, and infinities the ends of the range, on every processor.
    /// </remarks>
    /// <param name="input">Real values, any number.</param>
    /// <param name="scale">The real value of one step.</param>
    /// <param name="zeroPoint">The code of real zero, in [-128, 127].</param>
    /// <param name="output">As long as <paramref name="input"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Run(ReadOnlySpan<float> input, float scale, int zeroPoint, Span<sbyte> output)
    {
        SpanChecks.Equal(output.Length, input.Length, "output", "input");
        ref float source = ref MemoryMarshal.GetReference(input);
        ref sbyte target = ref MemoryMarshal.GetReference(output);
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= input.Length - 16; i += 16)
            {
                Vector256<int> a = Steps(Vector256.LoadUnsafe(ref source, (nuint)i), scale);
                Vector256<int> b = Steps(Vector256.LoadUnsafe(ref source, (nuint)(i + 8)), scale);
                Vector256<short> words = Vector256.NarrowWithSaturation(a, b) + Vector256.Create((short)zeroPoint);
                Vector128.NarrowWithSaturation(words.GetLower(), words.GetUpper()).StoreUnsafe(ref target, (nuint)i);
            }
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            for (; i <= input.Length - 8; i += 8)
            {
                Vector128<int> a = Steps(Vector128.LoadUnsafe(ref source, (nuint)i), scale);
                Vector128<int> b = Steps(Vector128.LoadUnsafe(ref source, (nuint)(i + 4)), scale);
                Vector128<short> words = Vector128.NarrowWithSaturation(a, b) + Vector128.Create((short)zeroPoint);
                ByteVectors.StoreEight(Vector128.NarrowWithSaturation(words, words), ref Unsafe.Add(ref target, i));
            }
        }

        RunScalar(input[i..], scale, zeroPoint, output[i..]);
    }

    /// <summary>Writes <c>pixel − 128</c>: the codes of pixels in a tensor with zero point -128.</summary>
    /// <param name="pixels">Bytes, any number.</param>
    /// <param name="output">As long as <paramref name="pixels"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void FromPixels(ReadOnlySpan<byte> pixels, Span<sbyte> output)
    {
        SpanChecks.Equal(output.Length, pixels.Length, "output", "pixels");
        ref byte source = ref MemoryMarshal.GetReference(pixels);
        ref byte target = ref Unsafe.As<sbyte, byte>(ref MemoryMarshal.GetReference(output));
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= pixels.Length - 32; i += 32)
            {
                (Vector256.LoadUnsafe(ref source, (nuint)i) ^ Vector256.Create((byte)0x80)).StoreUnsafe(
                    ref target, (nuint)i);
            }
        }

        if (Vector128.IsHardwareAccelerated)
        {
            for (; i <= pixels.Length - 16; i += 16)
            {
                (Vector128.LoadUnsafe(ref source, (nuint)i) ^ Vector128.Create((byte)0x80)).StoreUnsafe(
                    ref target, (nuint)i);
            }
        }

        for (; i < pixels.Length; i++)
        {
            Unsafe.Add(ref target, i) = (byte)(Unsafe.Add(ref source, i) ^ 0x80);
        }
    }

    internal static void RunScalar(ReadOnlySpan<float> input, float scale, int zeroPoint, Span<sbyte> output)
    {
        for (int i = 0; i < input.Length; i++)
        {
            float steps = input[i] / scale;
            steps = float.IsNaN(steps) ? 0 : Math.Clamp(steps, -512, 512);
            output[i] = (sbyte)Math.Clamp(Round(steps) + zeroPoint, sbyte.MinValue, sbyte.MaxValue);
        }
    }

    /// <summary>Half away from zero, for |t| below 2^22.</summary>
    internal static int Round(float t) => (int)(t + MathF.CopySign(BelowHalf, t));

    /// <summary>
    /// The same in double. Not Math.Round with a mode: its check of the mode links the formatting of enums, 60 KB.
    /// </summary>
    internal static int Round(double t) => (int)(t + Math.CopySign(0.49999999999999994, t));

    /// <summary>
    /// Rounded quotients in [-512, 512]: with a zero point they fit 16 bits, and saturation to 8 is the clamp.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Steps(Vector256<float> reals, float scale)
    {
        Vector256<float> steps = reals / scale;
        steps = (steps.AsInt32() & Vector256.Equals(steps, steps).AsInt32()).AsSingle();
        steps = Vector256.MinNative(Vector256.MaxNative(steps, Vector256.Create(-512f)), Vector256.Create(512f));
        Vector256<float> half = (steps & Vector256.Create(-0f)) | Vector256.Create(BelowHalf);
        return Vector256.ConvertToInt32Native(steps + half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Steps(Vector128<float> reals, float scale)
    {
        Vector128<float> steps = reals / scale;
        steps = (steps.AsInt32() & Vector128.Equals(steps, steps).AsInt32()).AsSingle();
        steps = Vector128.MinNative(Vector128.MaxNative(steps, Vector128.Create(-512f)), Vector128.Create(512f));
        Vector128<float> half = (steps & Vector128.Create(-0f)) | Vector128.Create(BelowHalf);
        return Vector128.ConvertToInt32Native(steps + half);
    }
}
