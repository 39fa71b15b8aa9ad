using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Int16;

/// <summary>AVX2: <c>vpmovsxbw</c>, <c>vpmaddwd</c>, <c>vpaddd</c> for 16 products.</summary>
internal readonly struct Int16Lanes256(Vector256<int> sums) : IInt16Lanes<Int16Lanes256>
{
    private readonly Vector256<int> _sums = sums;

    public static int Step
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<short>.Count;
    }

    public long Total
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Sum(Vector256.WidenLower(_sums) + Vector256.WidenUpper(_sums));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Int16Lanes256 Add(ref short x, ref sbyte weights) => new(_sums + Avx2.MultiplyAddAdjacent(
        Vector256.LoadUnsafe(ref x), Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref weights))));
}
