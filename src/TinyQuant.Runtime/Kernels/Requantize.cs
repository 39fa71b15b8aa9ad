using System.ComponentModel;
using System.Numerics;
using TinyQuant.Kernels.Checks;

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
        for (int i = 0; i < input.Length; i++)
        {
            int scaled = TRounding.Multiply(int.CreateTruncating(input[i]) - inputZeroPoint, multiplier, shift);
            output[i] = TOut.CreateSaturating((long)scaled + outputZeroPoint);
        }
    }
}
