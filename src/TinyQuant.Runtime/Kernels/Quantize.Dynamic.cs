using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Elements;

namespace TinyQuant.Kernels;

public static partial class Quantize
{
    /// <summary>Quantizes by the range of the values themselves, zero included: dynamic-range quantization.</summary>
    /// <remarks>
    /// <para>
    /// <c>PortableAsymmetricQuantizeFloats</c> of
    /// <c>tensorflow/lite/kernels/internal/reference/portable_tensor_utils.cc</c> to the bit, without fused
    /// operations: scale and zero point in double, <c>round(zp + x · (1/scale))</c> in float32 with halves away from
    /// zero. Values that are all zero give scale 1 and zero point 0.
    /// </para>
    /// <para>
    /// Defined here and not there: NaN has no part in the range and becomes the zero point; an infinity counts as the
    /// greatest finite value; a range so small that 1/scale overflows is treated as all zero.
    /// </para>
    /// </remarks>
    /// <param name="input">Real values, any number.</param>
    /// <param name="output">As long as <paramref name="input"/>.</param>
    /// <param name="scale">The real value of one step.</param>
    /// <param name="zeroPoint">The code of real zero, in [-128, 127].</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Dynamic(ReadOnlySpan<float> input, Span<sbyte> output, out float scale, out int zeroPoint) =>
        Dynamic(input, output, isUnsigned: false, out scale, out zeroPoint);

    /// <summary>As above; <paramref name="isUnsigned"/> writes codes plus 128, which some dot units multiply.</summary>
    internal static void Dynamic(
        ReadOnlySpan<float> input, Span<sbyte> output, bool isUnsigned, out float scale, out int zeroPoint)
    {
        SpanChecks.Equal(output.Length, input.Length, "output", "input");
        bool isFinite = DynamicRange.Of(input, out float min, out float max);
        if (!Parameters(min, max, out scale, out float inverse, out zeroPoint))
        {
            output.Fill(isUnsigned ? sbyte.MinValue : (sbyte)0);
            return;
        }

        DynamicCodes(input, isFinite, inverse, zeroPoint, isUnsigned, output);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void DynamicCodes(
        ReadOnlySpan<float> input, bool isFinite, float inverse, int zeroPoint, bool isUnsigned, Span<sbyte> output)
    {
        // The 256-bit form works in 1/128 steps; below 1e30 neither the factor nor its products overflow.
        if (Avx2.IsSupported && isFinite && inverse < 1e30f
            && (isUnsigned
                ? DynamicVectors.RunAvx2<CodesPlus128>(input, inverse, zeroPoint, output)
                : DynamicVectors.RunAvx2<Codes>(input, inverse, zeroPoint, output)))
        {
            return;
        }

        bool isDone = !Avx2.IsSupported && Vector128.IsHardwareAccelerated && isFinite
            && DynamicVectors.Run128(input, inverse, zeroPoint, output);
        if (!isDone)
        {
            DynamicScalar(input, inverse, zeroPoint, output);
        }

        if (isUnsigned)
        {
            FromPixels(MemoryMarshal.AsBytes(output), output);
        }
    }

    internal static void DynamicScalar(
        ReadOnlySpan<float> input, float inverse, int zeroPoint, Span<sbyte> output)
    {
        for (int i = 0; i < input.Length; i++)
        {
            // The product is rounded to float32 before the sum, on every processor.
            float steps = input[i] * inverse;
            float code = float.IsNaN(steps) ? zeroPoint : zeroPoint + steps;
            code = float.MinNative(float.MaxNative(code, -512), 512);
            output[i] = (sbyte)Math.Min(Math.Max(Round(code), sbyte.MinValue), sbyte.MaxValue);
        }
    }

    /// <summary>False if the values are all zero, or as good as.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Parameters(float min, float max, out float scale, out float inverse, out int zeroPoint)
    {
        const double LeastCode = sbyte.MinValue, GreatestCode = sbyte.MaxValue;
        double step = ((double)max - min) / (GreatestCode - LeastCode);
        scale = (float)step;
        inverse = (float)(1.0 / (float)step);
        if (!float.IsFinite(inverse))
        {
            scale = 1;
            zeroPoint = 0;
            return false;
        }

        if (min == 0)
        {
            // What the rest gives then: the error of this end is 128, that of the other 127 and about 255.
            zeroPoint = sbyte.MinValue;
            return true;
        }

        // Of the two ends, the one with the smaller rounding error gives the zero point.
        double fromMin = LeastCode - (min / step);
        double fromMax = GreatestCode - (max / step);
        double minError = Math.Abs(LeastCode) + Math.Abs(min / step);
        double maxError = Math.Abs(GreatestCode) + Math.Abs(max / step);
        double exact = Math.Clamp(minError < maxError ? fromMin : fromMax, LeastCode, GreatestCode);
        zeroPoint = Round(exact);
        return true;
    }
}
