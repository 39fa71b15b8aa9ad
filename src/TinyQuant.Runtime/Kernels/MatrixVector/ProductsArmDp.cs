using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace TinyQuant.Kernels.MatrixVector;

/// <summary>sdot: signed times signed, four products to an int32; exact for every weight.</summary>
internal readonly struct ProductsArmDp : IProducts128
{
    public static string Name => "Arm dot product";

    public static bool NeedsManySums => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Add(Vector128<int> sum, Vector128<sbyte> input, Vector128<sbyte> weights) =>
        Dp.DotProduct(sum, input, weights);

    // The instruction picks the group by lane, so that nothing is broadcast.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> AddGroup(
        Vector128<int> sum, Vector128<sbyte> sixteen, int group, Vector128<sbyte> weights) =>
#pragma warning disable CA1857 // a constant once this is inlined
        Dp.DotProductBySelectedQuadruplet(sum, weights, sixteen, (byte)group);
#pragma warning restore CA1857
}
