using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.MatrixVector;

/// <summary>
/// vpmaddubsw of |x| and the weight with the sign of x, then vpmaddwd with ones. Exact for weights in [-127, 127]:
/// 2 · 128 · 127 fits int16, and a weight of -128 has no negative.
/// </summary>
internal readonly struct ProductsAvx2 : IProducts256
{
    public static string Name => "AVX2";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> sum, Vector256<sbyte> input, Vector256<sbyte> weights)
    {
        Vector256<short> pairs = Avx2.MultiplyAddAdjacent(Avx2.Abs(input), Avx2.Sign(weights, input));
        return sum + Avx2.MultiplyAddAdjacent(pairs, Vector256<short>.One);
    }
}

/// <summary>
/// Even and odd bytes sign-extended in place, then vpmaddwd: exact for every weight, and a lane stays with its output.
/// </summary>
internal readonly struct ProductsAvx2Wide : IProducts256
{
    public static string Name => "AVX2 widening";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> sum, Vector256<sbyte> input, Vector256<sbyte> weights)
    {
        Vector256<short> w = weights.AsInt16();
        Vector256<short> x = input.AsInt16();
        sum += Avx2.MultiplyAddAdjacent((w << 8) >> 8, (x << 8) >> 8);
        return sum + Avx2.MultiplyAddAdjacent(w >> 8, x >> 8);
    }
}
