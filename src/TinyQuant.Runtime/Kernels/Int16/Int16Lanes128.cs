using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Int16;

/// <summary>128 bits: <c>pmaddwd</c>, or <c>smlal</c> and <c>smlal2</c>, for 8 products.</summary>
internal readonly struct Int16Lanes128(Vector128<int> sums) : IInt16Lanes<Int16Lanes128>
{
    private readonly Vector128<int> _sums = sums;

    public static int Step
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128<short>.Count;
    }

    public long Total
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Sum(Vector128.WidenLower(_sums) + Vector128.WidenUpper(_sums));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Int16Lanes128 Add(ref short x, ref sbyte weights) =>
        new(AddProducts(_sums, Vector128.LoadUnsafe(ref x), LoadEight(ref weights)));

    /// <summary>Eight bytes as int16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> LoadEight(ref sbyte bytes) => Vector128.WidenLower(
        Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<sbyte, byte>(ref bytes))).AsSByte());

    /// <summary>Eight products, two in each lane; which two differs between instruction sets.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> AddProducts(Vector128<int> sums, Vector128<short> x, Vector128<short> weights)
    {
        if (Sse2.IsSupported)
        {
            return sums + Sse2.MultiplyAddAdjacent(x, weights);
        }

        return AdvSimd.IsSupported
            ? AdvSimd.MultiplyWideningUpperAndAdd(
                AdvSimd.MultiplyWideningLowerAndAdd(sums, x.GetLower(), weights.GetLower()), x, weights)
            : sums + (Vector128.WidenLower(x) * Vector128.WidenLower(weights))
                + (Vector128.WidenUpper(x) * Vector128.WidenUpper(weights));
    }
}
