using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>int8 codes to real values.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Dequantize
{
    /// <summary>Writes <c>(float)((double)scale * (code - zeroPoint))</c> for each code.</summary>
    /// <remarks>
    /// The reference multiplies in double (<c>tensorflow/lite/kernels/internal/reference/dequantize.h</c>). A float32
    /// scale times a difference of 9 bits is exact in double, so one float32 product rounds to the same bits.
    /// </remarks>
    /// <param name="input">Codes, any number.</param>
    /// <param name="scale">The real value of one step.</param>
    /// <param name="zeroPoint">The code of real zero, in [-128, 127].</param>
    /// <param name="output">As long as <paramref name="input"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Run(ReadOnlySpan<sbyte> input, float scale, int zeroPoint, Span<float> output)
    {
        SpanChecks.Equal(output.Length, input.Length, "output", "input");
        ref sbyte source = ref MemoryMarshal.GetReference(input);
        ref float target = ref MemoryMarshal.GetReference(output);
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            Vector128<int> zero = Vector128.Create(zeroPoint);
            for (; i <= input.Length - 16; i += 16)
            {
                (Vector128<short> low, Vector128<short> high) = Vector128.Widen(
                    Vector128.LoadUnsafe(ref source, (nuint)i));
                (Vector128<int> a, Vector128<int> b) = Vector128.Widen(low);
                (Vector128<int> c, Vector128<int> d) = Vector128.Widen(high);
                (Vector128.ConvertToSingle(a - zero) * scale).StoreUnsafe(ref target, (nuint)i);
                (Vector128.ConvertToSingle(b - zero) * scale).StoreUnsafe(ref target, (nuint)(i + 4));
                (Vector128.ConvertToSingle(c - zero) * scale).StoreUnsafe(ref target, (nuint)(i + 8));
                (Vector128.ConvertToSingle(d - zero) * scale).StoreUnsafe(ref target, (nuint)(i + 12));
            }
        }

        for (; i < input.Length; i++)
        {
            output[i] = (input[i] - zeroPoint) * scale;
        }
    }

    /// <summary>The same of uint8 codes.</summary>
    /// <param name="input">Codes, any number.</param>
    /// <param name="scale">The real value of one step.</param>
    /// <param name="zeroPoint">The code of real zero, in [0, 255].</param>
    /// <param name="output">As long as <paramref name="input"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Run(ReadOnlySpan<byte> input, float scale, int zeroPoint, Span<float> output)
    {
        SpanChecks.Equal(output.Length, input.Length, "output", "input");
        for (int i = 0; i < input.Length; i++)
        {
            output[i] = (input[i] - zeroPoint) * scale;
        }
    }

    /// <summary>
    /// The same of int16 codes, whose difference of 17 bits makes no product of its own inexact in double either.
    /// </summary>
    /// <param name="input">Codes, any number.</param>
    /// <param name="scale">The real value of one step.</param>
    /// <param name="zeroPoint">The code of real zero.</param>
    /// <param name="output">As long as <paramref name="input"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Run(ReadOnlySpan<short> input, float scale, int zeroPoint, Span<float> output)
    {
        SpanChecks.Equal(output.Length, input.Length, "output", "input");
        for (int i = 0; i < input.Length; i++)
        {
            output[i] = (float)((double)scale * (input[i] - zeroPoint));
        }
    }
}
