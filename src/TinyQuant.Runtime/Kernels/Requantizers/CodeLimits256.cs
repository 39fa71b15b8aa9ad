using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>Zero point and clamp of 32 codes.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly unsafe struct CodeLimits256(SumTile* tile)
{
    private readonly Vector256<short> _zeroPoint = Vector256.Create((short)tile->ZeroPoint);
    private readonly Vector256<sbyte> _min = Vector256.Create((sbyte)tile->Min);
    private readonly Vector256<sbyte> _max = Vector256.Create((sbyte)tile->Max);

    /// <summary>Four vectors of eight, one after another, as codes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<sbyte> Narrow(Vector256<int> x0, Vector256<int> x1, Vector256<int> x2, Vector256<int> x3)
    {
        // Packing works within 128-bit halves: fours of x0 x1 x2 x3, lower halves first, then upper ones.
        Vector256<sbyte> codes = Avx2.PackSignedSaturate(
            Avx2.AddSaturate(Avx2.PackSignedSaturate(x0, x1), _zeroPoint),
            Avx2.AddSaturate(Avx2.PackSignedSaturate(x2, x3), _zeroPoint));
        codes = Vector256.Min(Vector256.Max(codes, _min), _max);
        return Avx2.PermuteVar8x32(codes.AsInt32(), Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7)).AsSByte();
    }
}
