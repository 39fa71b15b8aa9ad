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
        for (int i = 0; i < input.Length; i++)
        {
            float steps = input[i] / scale;
            steps = float.IsNaN(steps) ? 0 : Math.Clamp(steps, -beyond, beyond);
            output[i] = (short)Math.Clamp(Round(steps) + zeroPoint, short.MinValue, short.MaxValue);
        }
    }
}
