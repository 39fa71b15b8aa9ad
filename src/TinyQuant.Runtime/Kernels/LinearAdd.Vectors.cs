using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels;

/// <summary>
/// A linear form in pairs of int16: a factor is 256 · coarse + fine, and 256 times a code is one too. So two products of
/// pairs are both operands times 24 bits.
/// </summary>
internal static class LinearPairs
{
    /// <summary>The low bytes of both factors, as signed numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Fine(int left, int right) => Pair((sbyte)left, (sbyte)right);

    /// <summary>What is left of them, in units of 256.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Coarse(int left, int right) => Pair((left - (sbyte)left) >> 8, (right - (sbyte)right) >> 8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Pair(int low, int high) => (ushort)low | (high << 16);
}

/// <summary>The linear form of <see cref="LinearAdd"/> with AVX2.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly struct LinearAvx2(int left, int right, int offset, int shift)
{
    private readonly Vector256<short> _fine = Vector256.Create(LinearPairs.Fine(left, right)).AsInt16();
    private readonly Vector256<short> _coarse = Vector256.Create(LinearPairs.Coarse(left, right)).AsInt16();
    private readonly Vector256<int> _offset = Vector256.Create(offset);
    private readonly Vector256<uint> _shift = Vector256.Create((uint)shift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<sbyte> ThirtyTwo(ref sbyte left, ref sbyte right)
    {
        Vector256<sbyte> codes = Avx2.PackSignedSaturate(Sixteen(ref left, ref right, 0), Sixteen(ref left, ref right, 16));
        return Avx2.Permute4x64(codes.AsInt64(), 0b11_01_10_00).AsSByte(); // packing works within halves
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<short> Sixteen(ref sbyte left, ref sbyte right, nuint at)
    {
        Vector256<short> a = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref left, at));
        Vector256<short> b = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref right, at));
        return Avx2.PackSignedSaturate(Sum(Avx2.UnpackLow(a, b)), Sum(Avx2.UnpackHigh(a, b)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<int> Sum(Vector256<short> pairs)
    {
        Vector256<int> sum = Avx2.MultiplyAddAdjacent(pairs, _fine) + _offset;
        sum += Avx2.MultiplyAddAdjacent(Avx2.ShiftLeftLogical(pairs, 8), _coarse);
        return Avx2.ShiftRightArithmeticVariable(sum, _shift);
    }
}

/// <summary>The linear form of <see cref="LinearAdd"/> with SSE4.1 or AdvSimd.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly struct Linear128(int left, int right, int offset, int shift)
{
    private readonly Vector128<int> _left = Vector128.Create(Sse41.IsSupported ? LinearPairs.Fine(left, right) : left);
    private readonly Vector128<int> _right = Vector128.Create(Sse41.IsSupported ? LinearPairs.Coarse(left, right) : right);
    private readonly Vector128<int> _offset = Vector128.Create(offset);
    private readonly int _shift = shift;

    /// <summary>Eight codes, in the lower half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<sbyte> Eight(ref sbyte left, ref sbyte right)
    {
        Vector128<short> a = Vector128.WidenLower(ByteVectors.LoadEight(ref left));
        Vector128<short> b = Vector128.WidenLower(ByteVectors.LoadEight(ref right));
        if (Sse41.IsSupported)
        {
            Vector128<short> words = Sse2.PackSignedSaturate(Sum(Sse2.UnpackLow(a, b)), Sum(Sse2.UnpackHigh(a, b)));
            return Sse2.PackSignedSaturate(words, words);
        }

        Vector64<short> low = AdvSimd.ExtractNarrowingSaturateLower(Sum(Vector128.WidenLower(a), Vector128.WidenLower(b)));
        Vector128<short> all = AdvSimd.ExtractNarrowingSaturateUpper(low, Sum(Vector128.WidenUpper(a), Vector128.WidenUpper(b)));
        return AdvSimd.ExtractNarrowingSaturateLower(all).ToVector128Unsafe();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<int> Sum(Vector128<short> pairs)
    {
        Vector128<int> sum = Sse2.MultiplyAddAdjacent(pairs, _left.AsInt16()) + _offset;
        sum += Sse2.MultiplyAddAdjacent(Sse2.ShiftLeftLogical(pairs, 8), _right.AsInt16());
        return Sse2.ShiftRightArithmetic(sum, Vector128.CreateScalar(_shift));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<int> Sum(Vector128<int> left, Vector128<int> right) =>
        AdvSimd.ShiftArithmetic(AdvSimd.MultiplyAdd(AdvSimd.MultiplyAdd(_offset, left, _left), right, _right), Vector128.Create(-_shift));
}
