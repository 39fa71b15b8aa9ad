using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Elements;

/// <summary>How codes are written. A type, since to flip them takes a twentieth of the loop.</summary>
internal interface ICoding
{
    static abstract bool IsUnsigned { get; }
}

/// <summary>int8 codes as they are.</summary>
internal readonly struct Codes : ICoding
{
    public static bool IsUnsigned => false;
}

/// <summary>Codes plus 128.</summary>
internal readonly struct CodesPlus128 : ICoding
{
    public static bool IsUnsigned => true;
}

/// <summary>The vector forms of <see cref="Quantize.DynamicScalar"/>, for finite values inside the range.</summary>
internal static class DynamicVectors
{
    /// <summary>32 values at a time, the last 32 overlapping those before; false if there are fewer.</summary>
    /// <remarks>
    /// The factor and the zero point are scaled by 128, which shifts exponents and changes no rounding. Truncation then
    /// keeps seven bits of the fraction, enough to know a half, and vpmulhrsw by 2^8 is (n + 64) >> 7: halves up.
    /// Negative n are lowered by one first, and their halves go away from zero.
    /// </remarks>
    public static bool RunAvx2<TCoding>(ReadOnlySpan<float> input, float inverse, int zeroPoint, Span<sbyte> output)
        where TCoding : struct, ICoding
    {
        ref float source = ref MemoryMarshal.GetReference(input);
        ref sbyte target = ref MemoryMarshal.GetReference(output);
        Vector256<float> factor = Vector256.Create(inverse * 128);
        Vector256<float> zero = Vector256.Create(zeroPoint * 128f);
        nint last = input.Length - 32;
        if (last < 0)
        {
            return false;
        }

        for (nint i = 0; ; i = nint.Min(i + 32, last))
        {
            Vector256<int> a = Scaled(ref Unsafe.Add(ref source, i), factor, zero);
            Vector256<int> b = Scaled(ref Unsafe.Add(ref source, i + 8), factor, zero);
            Vector256<int> c = Scaled(ref Unsafe.Add(ref source, i + 16), factor, zero);
            Vector256<int> d = Scaled(ref Unsafe.Add(ref source, i + 24), factor, zero);

            // Packing works within 128-bit halves: dwords a0 b0 c0 d0 a1 b1 c1 d1 of four codes each, then in order.
            Vector256<sbyte> codes = Avx2.PackSignedSaturate(
                Rounded(Avx2.PackSignedSaturate(a, b)), Rounded(Avx2.PackSignedSaturate(c, d)));
            codes = Avx2.PermuteVar8x32(codes.AsInt32(), Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7)).AsSByte();
            (TCoding.IsUnsigned ? codes ^ Vector256.Create(sbyte.MinValue) : codes).StoreUnsafe(ref target, (nuint)i);
            if (i == last)
            {
                return true;
            }
        }
    }

    /// <summary>16 values at a time, the last 16 overlapping those before; false if there are fewer.</summary>
    public static bool Run128(ReadOnlySpan<float> input, float inverse, int zeroPoint, Span<sbyte> output)
    {
        ref float source = ref MemoryMarshal.GetReference(input);
        ref sbyte target = ref MemoryMarshal.GetReference(output);
        Vector128<float> factor = Vector128.Create(inverse);
        Vector128<float> zero = Vector128.Create((float)zeroPoint);
        nint last = input.Length - 16;
        if (last < 0)
        {
            return false;
        }

        for (nint i = 0; ; i = nint.Min(i + 16, last))
        {
            Vector128<int> a = Rounded(ref Unsafe.Add(ref source, i), factor, zero);
            Vector128<int> b = Rounded(ref Unsafe.Add(ref source, i + 4), factor, zero);
            Vector128<int> c = Rounded(ref Unsafe.Add(ref source, i + 8), factor, zero);
            Vector128<int> d = Rounded(ref Unsafe.Add(ref source, i + 12), factor, zero);
            Vector128<sbyte> codes = Vector128.NarrowWithSaturation(
                Vector128.NarrowWithSaturation(a, b), Vector128.NarrowWithSaturation(c, d));
            codes.StoreUnsafe(ref target, (nuint)i);
            if (i == last)
            {
                return true;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Scaled(ref float source, Vector256<float> factor, Vector256<float> zero) =>
        Vector256.ConvertToInt32Native((Vector256.LoadUnsafe(ref source) * factor) + zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Rounded(Vector256<short> scaled) =>
        Avx2.MultiplyHighRoundScale(scaled + (scaled >> 15), Vector256.Create((short)(1 << 8)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Rounded(ref float source, Vector128<float> factor, Vector128<float> zero)
    {
        Vector128<float> steps = (Vector128.LoadUnsafe(ref source) * factor) + zero;
        if (AdvSimd.IsSupported)
        {
            return AdvSimd.ConvertToInt32RoundAwayFromZero(steps);
        }

        Vector128<float> half = (steps & Vector128.Create(-0f)) | Vector128.Create(0.49999997f);
        return Vector128.ConvertToInt32Native(steps + half);
    }
}
