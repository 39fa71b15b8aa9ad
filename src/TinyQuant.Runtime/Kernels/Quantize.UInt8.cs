using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

public static partial class Quantize
{
    /// <summary>
    /// Writes <c>clamp(round(x / scale) + zeroPoint, 0, 255)</c>, halves away from zero; NaN is real 0.
    /// </summary>
    /// <param name="input">Real values, any number.</param>
    /// <param name="scale">The real value of one step.</param>
    /// <param name="zeroPoint">The code of real zero, in [0, 255].</param>
    /// <param name="output">As long as <paramref name="input"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Run(ReadOnlySpan<float> input, float scale, int zeroPoint, Span<byte> output)
    {
        SpanChecks.Equal(output.Length, input.Length, "output", "input");
        for (int i = 0; i < input.Length; i++)
        {
            float steps = input[i] / scale;
            steps = float.IsNaN(steps) ? 0 : Math.Clamp(steps, -512, 512);
            output[i] = (byte)Math.Clamp(Round(steps) + zeroPoint, byte.MinValue, byte.MaxValue);
        }
    }
}
