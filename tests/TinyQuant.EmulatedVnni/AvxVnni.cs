using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels;

/// <summary>
/// In the place of <c>System.Runtime.Intrinsics.X86.AvxVnni</c>, which this name hides in the kernels' namespaces: the
/// library that is compiled with it chooses AVX-VNNI wherever it would, and computes it with AVX2.
/// </summary>
internal static class AvxVnni
{
    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>vpdpbusd: four unsigned times signed bytes, added to each int32 lane, wrapping.</summary>
    public static Vector256<int> MultiplyWideningAndAdd(
        Vector256<int> addend, Vector256<byte> left, Vector256<sbyte> right)
    {
        // Even and odd bytes as int16; products of 255 and -128 leave int16, but vpmaddwd adds them up in int32.
        Vector256<short> evenLeft = (left.AsInt16() << 8) >>> 8, oddLeft = left.AsInt16() >>> 8;
        Vector256<short> evenRight = (right.AsInt16() << 8) >> 8, oddRight = right.AsInt16() >> 8;
        return addend + Avx2.MultiplyAddAdjacent(evenLeft, evenRight) + Avx2.MultiplyAddAdjacent(oddLeft, oddRight);
    }
}
