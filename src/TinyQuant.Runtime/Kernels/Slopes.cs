using System.ComponentModel;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

/// <summary>What codes are multiplied by from the zero point on, and what below it.</summary>
/// <remarks>The multipliers are Q0.31, the shifts in [-31, 30].</remarks>
/// <param name="inputZeroPoint">Where one slope ends and the other begins.</param>
/// <param name="multiplier">From there on.</param>
/// <param name="shift">Of that multiplier.</param>
/// <param name="multiplierBelow">Below it.</param>
/// <param name="shiftBelow">Of that multiplier.</param>
/// <param name="negatesFirst">Whether what lies below is negated before it is multiplied.</param>
/// <param name="negatesLast">Whether it is negated after it was multiplied, so that halves go the other way.</param>
/// <param name="outputZeroPoint">Added to all of it.</param>
/// <param name="min">The least code.</param>
/// <param name="max">The greatest code.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SlopeConstants(
    int inputZeroPoint, int multiplier, int shift, int multiplierBelow, int shiftBelow, bool negatesFirst,
    bool negatesLast, int outputZeroPoint, int min, int max)
{
    internal int InputZeroPoint { get; } = inputZeroPoint;
    internal int Multiplier { get; } = multiplier;
    internal int Shift { get; } = shift;
    internal int MultiplierBelow { get; } = multiplierBelow;
    internal int ShiftBelow { get; } = shiftBelow;
    internal int SignBefore { get; } = negatesFirst ? -1 : 1;
    internal int SignAfter { get; } = negatesLast ? -1 : 1;
    internal int OutputZeroPoint { get; } = outputZeroPoint;
    internal int Min { get; } = min;
    internal int Max { get; } = max;
}

/// <summary>
/// Two straight lines that meet at the zero point, of int16 codes: TensorFlow Lite's RELU, RELU6, RELU_N1_TO_1,
/// LEAKY_RELU and ABS. In int8 each is a <see cref="LookupTable"/>.
/// </summary>
/// <remarks>
/// <c>ReluQuantized</c> of <c>tensorflow/lite/micro/kernels/activations_common.cc</c>, <c>QuantizeLeakyRelu</c> of
/// <c>tensorflow/lite/kernels/internal/reference/leaky_relu.h</c> and <c>AbsEvalQuantized</c> of
/// <c>tensorflow/lite/micro/kernels/elementwise.cc</c>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Slopes
{
    /// <summary><c>clamp(±M(±(x − zero point)) + output zero point)</c>.</summary>
    /// <param name="input">int16 codes.</param>
    /// <param name="constants">Multipliers, zero points and the clamp, which lies in int16.</param>
    /// <param name="output">As long as <paramref name="input"/>; may be it.</param>
    /// <typeparam name="TRounding">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Int16<TRounding>(ReadOnlySpan<short> input, in SlopeConstants constants, Span<short> output)
        where TRounding : struct, IFixedPointRounding
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        SlopeConstants c = constants;
        int i = 0;
        if (ShiftedFactor<TRounding>.Takes(c.Shift, c.InputZeroPoint)
            && ShiftedFactor<TRounding>.Takes(c.ShiftBelow, c.InputZeroPoint))
        {
            ShiftedFactor<TRounding> above = new(c.Multiplier, c.Shift);
            ShiftedFactor<TRounding> below = new(c.MultiplierBelow, c.ShiftBelow);
            if (Avx2.IsSupported)
            {
                for (; i <= input.Length - 8; i += 8)
                {
                    Vector256<int> x = WordVectors.Load256(input, i) - Vector256.Create(c.InputZeroPoint);
                    Vector256<int> negative = below.Multiply(x * c.SignBefore) * c.SignAfter;
                    Vector256<int> y = Vector256.ConditionalSelect(x >> 31, negative, above.Multiply(x));
                    WordVectors.Store(y, c.OutputZeroPoint, c.Min, c.Max, output, i);
                }
            }
            else
            {
                for (; i <= input.Length - 4; i += 4)
                {
                    Vector128<int> x = WordVectors.Load128(input, i) - Vector128.Create(c.InputZeroPoint);
                    Vector128<int> negative = below.Multiply(x * c.SignBefore) * c.SignAfter;
                    Vector128<int> y = Vector128.ConditionalSelect(x >> 31, negative, above.Multiply(x));
                    WordVectors.Store(y, c.OutputZeroPoint, c.Min, c.Max, output, i);
                }
            }
        }

        for (; i < input.Length; i++)
        {
            int x = input[i] - c.InputZeroPoint;
            long scaled = x >= 0
                ? TRounding.Multiply(x, c.Multiplier, c.Shift)
                : (long)c.SignAfter * TRounding.Multiply(x * c.SignBefore, c.MultiplierBelow, c.ShiftBelow);
            output[i] = (short)Math.Clamp(scaled + c.OutputZeroPoint, c.Min, c.Max);
        }
    }
}
