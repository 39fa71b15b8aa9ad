using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.MatrixVector;

/// <summary>The sign trick of <see cref="ProductsAvx2"/> in 128 bits; weights in [-127, 127].</summary>
internal readonly struct ProductsSse41 : IProducts128
{
    public static string Name => "SSE4.1";

    public static bool NeedsManySums => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Add(Vector128<int> sum, Vector128<sbyte> input, Vector128<sbyte> weights)
    {
        Vector128<short> pairs = Ssse3.MultiplyAddAdjacent(Ssse3.Abs(input), Ssse3.Sign(weights, input));
        return sum + Sse2.MultiplyAddAdjacent(pairs, Vector128<short>.One);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> AddGroup(
        Vector128<int> sum, Vector128<sbyte> sixteen, int group, Vector128<sbyte> weights) =>
        Add(sum, Expand128.Group(sixteen, group), weights);
}
