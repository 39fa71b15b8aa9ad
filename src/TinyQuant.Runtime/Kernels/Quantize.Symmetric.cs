using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Elements;

namespace TinyQuant.Kernels;

public static partial class Quantize
{
    /// <summary>
    /// Quantizes by the greatest magnitude of the values themselves: dynamic range around 0, codes in [-127, 127].
    /// </summary>
    /// <remarks>
    /// <c>PortableSymmetricQuantizeFloats</c> of the same file as <see cref="Dynamic(ReadOnlySpan{float}, Span{sbyte},
    /// out float, out int)"/>: <c>round(x · (127 / range))</c> in float32, halves away from zero. What is not finite is
    /// treated as there.
    /// </remarks>
    internal static void Symmetric(
        ReadOnlySpan<float> input, Span<sbyte> output, bool isUnsigned, out float scale)
    {
        const float greatest = sbyte.MaxValue;
        SpanChecks.Equal(output.Length, input.Length, "output", "input");
        bool isFinite = DynamicRange.Of(input, out float min, out float max);
        float range = Math.Max(-min, max);
        float inverse = greatest / range;
        if (!float.IsFinite(inverse))
        {
            scale = 1;
            output.Fill(isUnsigned ? sbyte.MinValue : (sbyte)0);
            return;
        }

        // The greatest product is 127 but for a last bit, so no code leaves the range.
        scale = range / greatest;
        DynamicCodes(input, isFinite, inverse, 0, isUnsigned, output);
        if (!isFinite)
        {
            Limit(output, isUnsigned);
        }
    }

    /// <summary>Negative infinity has been taken for -128.</summary>
    private static void Limit(Span<sbyte> codes, bool isUnsigned)
    {
        sbyte negative = isUnsigned ? (sbyte)0 : sbyte.MinValue;
        foreach (ref sbyte code in codes)
        {
            code = code == negative ? (sbyte)(negative + 1) : code;
        }
    }
}
