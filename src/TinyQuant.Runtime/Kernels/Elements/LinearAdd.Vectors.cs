using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels.Elements;

/// <summary>
/// A linear form in pairs of int16: a factor is 256 · coarse + fine, and 256 times a code is one too. So two products
/// of pairs are both operands times 24 bits.
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
        Vector256<sbyte> codes = Avx2.PackSignedSaturate(
            Sixteen(ref left, ref right, 0), Sixteen(ref left, ref right, 16));
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

/// <summary>The linear form of <see cref="LinearAdd"/> with SSE4.1, in pairs.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly struct LinearSse41(int left, int right, int offset, int shift)
{
    private readonly Vector128<short> _fine = Vector128.Create(LinearPairs.Fine(left, right)).AsInt16();
    private readonly Vector128<short> _coarse = Vector128.Create(LinearPairs.Coarse(left, right)).AsInt16();
    private readonly Vector128<int> _offset = Vector128.Create(offset);
    private readonly Vector128<int> _shift = Vector128.CreateScalar(shift);

    /// <summary>Eight codes, in the lower half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<sbyte> Eight(ref sbyte left, ref sbyte right)
    {
        Vector128<short> a = Sse41.ConvertToVector128Int16(ByteVectors.LoadEight(ref left));
        Vector128<short> b = Sse41.ConvertToVector128Int16(ByteVectors.LoadEight(ref right));
        Vector128<short> words = Sse2.PackSignedSaturate(Sum(Sse2.UnpackLow(a, b)), Sum(Sse2.UnpackHigh(a, b)));
        return Sse2.PackSignedSaturate(words, words);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<int> Sum(Vector128<short> pairs)
    {
        Vector128<int> sum = Sse2.MultiplyAddAdjacent(pairs, _fine) + _offset;
        sum += Sse2.MultiplyAddAdjacent(Sse2.ShiftLeftLogical(pairs, 8), _coarse);
        return Sse2.ShiftRightArithmetic(sum, _shift);
    }
}

/// <summary>The linear form of <see cref="LinearAdd"/> with AdvSimd, which multiplies and adds in 32 bits.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly struct LinearAdvSimd(int left, int right, int offset, int shift)
{
    private readonly Vector128<int> _left = Vector128.Create(left);
    private readonly Vector128<int> _right = Vector128.Create(right);
    private readonly Vector128<int> _offset = Vector128.Create(offset);
    private readonly Vector128<int> _shift = Vector128.Create(-shift);

    /// <summary>Eight codes, in the lower half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<sbyte> Eight(ref sbyte left, ref sbyte right)
    {
        Vector128<short> a = AdvSimd.SignExtendWideningLower(Vector64.LoadUnsafe(ref left));
        Vector128<short> b = AdvSimd.SignExtendWideningLower(Vector64.LoadUnsafe(ref right));
        Vector128<int> low = Sum(
            AdvSimd.SignExtendWideningLower(a.GetLower()), AdvSimd.SignExtendWideningLower(b.GetLower()));
        Vector128<int> high = Sum(AdvSimd.SignExtendWideningUpper(a), AdvSimd.SignExtendWideningUpper(b));
        Vector128<short> words = AdvSimd.ExtractNarrowingSaturateUpper(
            AdvSimd.ExtractNarrowingSaturateLower(low), high);
        return AdvSimd.ExtractNarrowingSaturateLower(words).ToVector128Unsafe();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<int> Sum(Vector128<int> left, Vector128<int> right) =>
        AdvSimd.ShiftArithmetic(AdvSimd.MultiplyAdd(AdvSimd.MultiplyAdd(_offset, left, _left), right, _right), _shift);
}
