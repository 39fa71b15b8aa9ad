using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Elements;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

/// <content>Functions of one int16 code.</content>
public static partial class Activations
{
    private const int RootBits = 20;

    /// <summary><c>1 / (1 + e^−x)</c> of codes of any scale, as codes of scale 1/32768.</summary>
    /// <remarks><c>tensorflow/lite/kernels/internal/reference/integer_ops/logistic.h</c>.</remarks>
    /// <param name="input">int16 codes.</param>
    /// <param name="multiplier">With <paramref name="shift"/>, three steps of the table for 1/4096.</param>
    /// <param name="shift">Bits to the right after the product, in [0, 31].</param>
    /// <param name="output">As long as <paramref name="input"/>; may be it.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Logistic(ReadOnlySpan<short> input, int multiplier, int shift, Span<short> output)
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        int half = shift > 0 ? 1 << (shift - 1) : 0;
        for (int i = 0; i < input.Length; i++)
        {
            output[i] = SigmoidTable.SigmoidOf(((input[i] * multiplier) + half) >> shift);
        }
    }

    /// <summary><c>tanh x</c> of codes of any scale, as codes of scale 1/32768.</summary>
    /// <remarks><c>tensorflow/lite/kernels/internal/reference/integer_ops/tanh.h</c>.</remarks>
    /// <inheritdoc cref="Logistic(ReadOnlySpan{short}, int, int, Span{short})"/>
    public static void Tanh(ReadOnlySpan<short> input, int multiplier, int shift, Span<short> output)
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        int half = shift > 0 ? 1 << (shift - 1) : 0;
        for (int i = 0; i < input.Length; i++)
        {
            output[i] = SigmoidTable.TanhOf(((input[i] * multiplier) + half) >> shift);
        }
    }

    /// <summary>
    /// <c>1 / √x</c> of codes whose zero point is 0; of 0 and of negative ones, where the reference ends the run, the
    /// greatest code.
    /// </summary>
    /// <remarks><c>RsqrtEvalQuantized</c> of <c>tensorflow/lite/micro/kernels/elementwise.cc</c>.</remarks>
    /// <param name="input">int16 codes.</param>
    /// <param name="multiplier">Q0.31.</param>
    /// <param name="shift">In [-31, 30].</param>
    /// <param name="output">As long as <paramref name="input"/>; may be it.</param>
    /// <typeparam name="TRounding">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Rsqrt<TRounding>(ReadOnlySpan<short> input, int multiplier, int shift, Span<short> output)
        where TRounding : struct, IFixedPointRounding
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        for (int i = 0; i < input.Length; i++)
        {
            if (input[i] <= 0)
            {
                output[i] = short.MaxValue;
                continue;
            }

            (int rootMultiplier, int rootShift) = FixedPoint.InverseRoot(input[i]);
            int root = TRounding.Multiply(1, rootMultiplier, rootShift + RootBits);
            output[i] = (short)Math.Clamp(
                TRounding.Multiply(root, multiplier, shift), short.MinValue, short.MaxValue);
        }
    }

    /// <summary>The magnitude of integers; that of the least one is itself.</summary>
    /// <remarks><c>AbsHelper</c> of <c>tensorflow/lite/micro/kernels/elementwise.cc</c>.</remarks>
    /// <param name="input">Any integers.</param>
    /// <param name="output">As long as <paramref name="input"/>; may be it.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Abs(ReadOnlySpan<short> input, Span<short> output)
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        ref short source = ref MemoryMarshal.GetReference(input);
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            for (; i <= input.Length - Vector128<short>.Count; i += Vector128<short>.Count)
            {
                Vector128<short> x = Vector128.LoadUnsafe(ref source, (nuint)i);
                Vector128<short> sign = x >> 15;
                ((x ^ sign) - sign).StoreUnsafe(ref MemoryMarshal.GetReference(output), (nuint)i);
            }
        }

        for (; i < input.Length; i++)
        {
            output[i] = (short)(input[i] < 0 ? -input[i] : input[i]);
        }
    }
}
