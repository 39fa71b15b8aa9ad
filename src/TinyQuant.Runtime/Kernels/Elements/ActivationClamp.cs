using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels.Elements;

/// <summary>The activation fused into a float32 operator.</summary>
/// <remarks>
/// <c>ActivationFunctionWithMinMax</c> of <c>tensorflow/lite/kernels/internal/common.h</c>,
/// <c>std::min(std::max(x, least), greatest)</c>: NaN passes, and so does a zero of either sign that a bound equals. No
/// activation has the greatest finite values for bounds, so that infinities end there.
/// </remarks>
internal static class ActivationClamp
{
    /// <summary>Clamps in place, where there is something to clamp to.</summary>
    public static void Run(Span<float> reals, float least, float greatest)
    {
        if (least != float.NegativeInfinity || greatest != float.PositiveInfinity)
        {
            Run(reals, least, greatest, reals);
        }
    }

    /// <summary>Clamps each value.</summary>
    /// <param name="input">Any values.</param>
    /// <param name="least">The least value; no NaN.</param>
    /// <param name="greatest">The greatest value; no NaN.</param>
    /// <param name="output">At least as long as <paramref name="input"/>, which it may be.</param>
    public static void Run(ReadOnlySpan<float> input, float least, float greatest, Span<float> output)
    {
        SpanChecks.AtLeast(output.Length, input.Length, nameof(output), nameof(input));
        ref float source = ref MemoryMarshal.GetReference(input);
        ref float target = ref MemoryMarshal.GetReference(output);
        nint i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            Vector128<float> low = Vector128.Create(least), high = Vector128.Create(greatest);
            for (; i <= input.Length - 4; i += 4)
            {
                Of(Vector128.LoadUnsafe(ref source, (nuint)i), low, high).StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < input.Length; i++)
        {
            Unsafe.Add(ref target, i) = Of(Unsafe.Add(ref source, i), least, greatest);
        }
    }

    // Instructions, and not comparisons: a branch on a value's sign is guessed wrong half of the time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Of(float x, float least, float greatest)
    {
        if (Sse.IsSupported)
        {
            Vector128<float> atLeast = Sse.MaxScalar(
                Vector128.CreateScalarUnsafe(least), Vector128.CreateScalarUnsafe(x));
            return Sse.MinScalar(Vector128.CreateScalarUnsafe(greatest), atLeast).ToScalar();
        }

        x = x < least ? least : x;
        return greatest < x ? greatest : x;
    }

    // The x64 instructions return their second operand where the first is not beyond it, or one is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Of(Vector128<float> x, Vector128<float> least, Vector128<float> greatest)
    {
        if (Sse.IsSupported)
        {
            return Sse.Min(greatest, Sse.Max(least, x));
        }

        x = Vector128.ConditionalSelect(Vector128.LessThan(x, least), least, x);
        return Vector128.ConditionalSelect(Vector128.LessThan(greatest, x), greatest, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Of(Vector256<float> x, Vector256<float> least, Vector256<float> greatest) =>
        Avx.IsSupported
        ? Avx.Min(greatest, Avx.Max(least, x))
        : Vector256.Create(
            Of(x.GetLower(), least.GetLower(), greatest.GetLower()),
            Of(x.GetUpper(), least.GetUpper(), greatest.GetUpper()));
}
