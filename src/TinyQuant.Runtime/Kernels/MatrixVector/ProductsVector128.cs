using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.MatrixVector;

/// <summary>
/// Even and odd bytes sign-extended in place, products in int16, added in int32: exact for every weight, on any
/// processor with 128-bit vectors.
/// </summary>
internal readonly struct ProductsVector128 : IProducts128
{
    public static string Name => "Vector128";

    public static bool NeedsManySums => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Add(Vector128<int> sum, Vector128<sbyte> input, Vector128<sbyte> weights)
    {
        Vector128<short> w = weights.AsInt16();
        Vector128<short> x = input.AsInt16();
        sum += MultiplyAddAdjacent((w << 8) >> 8, (x << 8) >> 8);
        return sum + MultiplyAddAdjacent(w >> 8, x >> 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> AddGroup(
        Vector128<int> sum, Vector128<sbyte> sixteen, int group, Vector128<sbyte> weights) =>
        Add(sum, Expand128.Group(sixteen, group), weights);

    // A product of two bytes fits int16, but the sum of two such products does not.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> MultiplyAddAdjacent(Vector128<short> left, Vector128<short> right)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.MultiplyAddAdjacent(left, right);
        }

        Vector128<int> products = (left * right).AsInt32();
        return ((products << 16) >> 16) + (products >> 16);
    }
}
