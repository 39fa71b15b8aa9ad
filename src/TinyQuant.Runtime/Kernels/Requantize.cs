using System.ComponentModel;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

/// <summary>Codes of one scale to codes of another, TensorFlow Lite's QUANTIZE of integers.</summary>
/// <remarks>
/// <c>clamp(M(x − zp_in) + zp_out)</c>: <c>tensorflow/lite/kernels/internal/reference/requantize.h</c>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Requantize
{
    /// <summary>Codes of any two integer types; int8 to int8 is a <see cref="LookupTable"/>.</summary>
    /// <param name="input">Codes.</param>
    /// <param name="inputZeroPoint">The zero point of the input.</param>
    /// <param name="multiplier">Q0.31.</param>
    /// <param name="shift">In [-31, 30].</param>
    /// <param name="outputZeroPoint">The zero point of the output.</param>
    /// <param name="output">As long as <paramref name="input"/>.</param>
    /// <typeparam name="TIn">sbyte, byte, short or int.</typeparam>
    /// <typeparam name="TOut">sbyte, byte, short or int.</typeparam>
    /// <typeparam name="TRounding">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Run<TIn, TOut, TRounding>(
        ReadOnlySpan<TIn> input, int inputZeroPoint, int multiplier, int shift, int outputZeroPoint, Span<TOut> output)
        where TIn : unmanaged, IBinaryInteger<TIn>
        where TOut : unmanaged, IBinaryInteger<TOut>, IMinMaxValue<TOut>
        where TRounding : struct, IFixedPointRounding
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        int i = 0;
        if (ShiftedFactor<TRounding>.Takes(shift, inputZeroPoint)
            && int.CreateTruncating(TOut.CreateTruncating(outputZeroPoint)) == outputZeroPoint)
        {
            Constants c = new(inputZeroPoint, multiplier, shift, outputZeroPoint);
            i = Vectors<TIn, TOut, TRounding>(input, c, output);
        }

        for (; i < input.Length; i++)
        {
            int scaled = TRounding.Multiply(int.CreateTruncating(input[i]) - inputZeroPoint, multiplier, shift);
            output[i] = TOut.CreateSaturating((long)scaled + outputZeroPoint);
        }
    }

    private readonly record struct Constants(int InputZeroPoint, int Multiplier, int Shift, int OutputZeroPoint);

    /// <summary>As far as whole vectors go, of types that have them; returns where they end.</summary>
    private static int Vectors<TIn, TOut, TRounding>(ReadOnlySpan<TIn> input, in Constants c, Span<TOut> output)
        where TIn : unmanaged
        where TOut : unmanaged
        where TRounding : struct, IFixedPointRounding
    {
        if (typeof(TIn) == typeof(short) && typeof(TOut) == typeof(sbyte))
        {
            return Run<short, Int16Codes, sbyte, Int8Codes, TRounding>(
                MemoryMarshal.Cast<TIn, short>(input), c, MemoryMarshal.Cast<TOut, sbyte>(output));
        }

        if (typeof(TIn) == typeof(sbyte) && typeof(TOut) == typeof(short))
        {
            return Run<sbyte, Int8Codes, short, Int16Codes, TRounding>(
                MemoryMarshal.Cast<TIn, sbyte>(input), c, MemoryMarshal.Cast<TOut, short>(output));
        }

        if (typeof(TOut) == typeof(int) && c.OutputZeroPoint == 0)
        {
            if (typeof(TIn) == typeof(sbyte))
            {
                return Run<sbyte, Int8Codes, int, Int32Codes, TRounding>(
                    MemoryMarshal.Cast<TIn, sbyte>(input), c, MemoryMarshal.Cast<TOut, int>(output));
            }

            if (typeof(TIn) == typeof(short))
            {
                return Run<short, Int16Codes, int, Int32Codes, TRounding>(
                    MemoryMarshal.Cast<TIn, short>(input), c, MemoryMarshal.Cast<TOut, int>(output));
            }
        }

        return typeof(TIn) == typeof(short) && typeof(TOut) == typeof(short)
            ? Run<short, Int16Codes, short, Int16Codes, TRounding>(
                MemoryMarshal.Cast<TIn, short>(input), c, MemoryMarshal.Cast<TOut, short>(output))
            : 0;
    }

    private static int Run<TIn, TInCodes, TOut, TOutCodes, TRounding>(
        ReadOnlySpan<TIn> input, in Constants c, Span<TOut> output)
        where TIn : unmanaged
        where TInCodes : struct, ICodeVectors<TIn>
        where TOut : unmanaged, IBinaryInteger<TOut>, IMinMaxValue<TOut>
        where TOutCodes : struct, ICodeVectors<TOut>
        where TRounding : struct, IFixedPointRounding
    {
        ShiftedFactor<TRounding> factor = new(c.Multiplier, c.Shift);
        (int min, int max) = (int.CreateTruncating(TOut.MinValue), int.CreateTruncating(TOut.MaxValue));
        int i = 0;
        if (Avx2.IsSupported)
        {
            for (; i <= input.Length - 8; i += 8)
            {
                Vector256<int> x = TInCodes.Load256(input, i) - Vector256.Create(c.InputZeroPoint);
                TOutCodes.Store(factor.Multiply(x), c.OutputZeroPoint, min, max, output, i);
            }
        }
        else
        {
            for (; i <= input.Length - 4; i += 4)
            {
                Vector128<int> x = TInCodes.Load128(input, i) - Vector128.Create(c.InputZeroPoint);
                TOutCodes.Store(factor.Multiply(x), c.OutputZeroPoint, min, max, output, i);
            }
        }

        return i;
    }
}
