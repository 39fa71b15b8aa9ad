using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>Scaled accumulators to codes: the zero point, the clamp, and the narrowing.</summary>
internal static class RequantVectors
{
    /// <summary>Sixteen codes, with AVX2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<sbyte> Narrow(
        Vector256<int> x0, Vector256<int> x1, Vector256<short> zeroPoint, Vector128<sbyte> min, Vector128<sbyte> max)
    {
        // Packing works within 128-bit halves; the permutation puts channels back in order.
        Vector256<short> words = Avx2.PackSignedSaturate(x0, x1);
        words = Avx2.Permute4x64(words.AsInt64(), 0b11_01_10_00).AsInt16();
        words = Avx2.AddSaturate(words, zeroPoint);
        return Vector128.Min(Vector128.Max(Sse2.PackSignedSaturate(words.GetLower(), words.GetUpper()), min), max);
    }

    /// <summary>Eight codes, with AdvSimd.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector64<sbyte> Narrow(
        Vector128<int> x0, Vector128<int> x1, Vector128<short> zeroPoint, Vector64<sbyte> min, Vector64<sbyte> max)
    {
        Vector128<short> words = AdvSimd.ExtractNarrowingSaturateUpper(AdvSimd.ExtractNarrowingSaturateLower(x0), x1);
        Vector64<sbyte> codes = AdvSimd.ExtractNarrowingSaturateLower(AdvSimd.AddSaturate(words, zeroPoint));
        return Vector64.Min(Vector64.Max(codes, min), max);
    }
}
