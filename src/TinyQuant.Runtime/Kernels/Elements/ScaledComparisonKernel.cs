using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels.Elements;

/// <summary>A comparison of two runs of int8 codes, each brought to 1/256 of a real unit first.</summary>
internal readonly struct ScaledComparisonKernel<TComparison, TRounding>
    : IBinaryKernel<sbyte, sbyte, bool, ComparisonConstants>
    where TComparison : struct, IComparison
    where TRounding : struct, IFixedPointRounding
{
    private const int LeftShift = 8;

    /// <summary>Codes for which it is worth while to look for the ones at which the answer changes.</summary>
    private const int Many = 64;

    public static void Run(
        ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, in ComparisonConstants c, Span<bool> output)
    {
        int i = 0;
        if (output.Length >= Many && (left.Length == 1) != (right.Length == 1) && Vector128.IsHardwareAccelerated
            && Math.Max(c.LeftShift, c.RightShift) <= 0)
        {
            i = left.Length == 1
                ? Of(c.LeftShift, c.LeftMultiplier, left[0] - c.LeftZeroPoint, c.RightShift, c.RightMultiplier,
                    c.RightZeroPoint, isRight: true).Run(right, output)
                : Of(c.RightShift, c.RightMultiplier, right[0] - c.RightZeroPoint, c.LeftShift, c.LeftMultiplier,
                    c.LeftZeroPoint, isRight: false).Run(left, output);
        }
        else if (FixedPointVectors<TRounding>.Takes(c.LeftShift) && FixedPointVectors<TRounding>.Takes(c.RightShift))
        {
            i = Avx2.IsSupported ? RunAvx2(left, right, c, output) : RunAdvSimd(left, right, c, output);
        }

        int leftStep = left.Length == 1 ? 0 : 1;
        int rightStep = right.Length == 1 ? 0 : 1;
        for (; i < output.Length; i++)
        {
            int a = TRounding.Multiply(
                (left[i * leftStep] - c.LeftZeroPoint) << LeftShift, c.LeftMultiplier, c.LeftShift);
            int b = TRounding.Multiply(
                (right[i * rightStep] - c.RightZeroPoint) << LeftShift, c.RightMultiplier, c.RightShift);
            output[i] = TComparison.Holds(a, b);
        }
    }

    /// <summary>What codes are compared with one value.</summary>
    /// <param name="oneShift">That value's shift.</param>
    /// <param name="oneMultiplier">Its multiplier.</param>
    /// <param name="one">Its code less its zero point.</param>
    /// <param name="shift">The codes' shift; neither is to the left.</param>
    /// <param name="multiplier">Their multiplier.</param>
    /// <param name="zeroPoint">Their zero point.</param>
    /// <param name="isRight">Whether the codes are the right operand.</param>
    private static CodeThresholds Of(
        int oneShift, int oneMultiplier, int one, int shift, int multiplier, int zeroPoint, bool isRight)
    {
        int value = TRounding.Multiply(one << LeftShift, oneMultiplier, oneShift);
        return new CodeThresholds(
            First(value, shift, multiplier, zeroPoint), First(value + 1, shift, multiplier, zeroPoint),
            isRight ? TComparison.Holds(0, -1) : TComparison.Holds(-1, 0), TComparison.Holds(0, 0),
            isRight ? TComparison.Holds(0, 1) : TComparison.Holds(1, 0));
    }

    /// <summary>The first code whose scaled value is at least that; 128 where there is none.</summary>
    private static int First(int value, int shift, int multiplier, int zeroPoint)
    {
        (int low, int high) = (sbyte.MinValue, sbyte.MaxValue + 1);
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (TRounding.Multiply((middle - zeroPoint) << LeftShift, multiplier, shift) >= value)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    private static int RunAvx2(
        ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, in ComparisonConstants c, Span<bool> output)
    {
        FixedPointVectors<TRounding> ofLeft = new(c.LeftMultiplier, c.LeftShift);
        FixedPointVectors<TRounding> ofRight = new(c.RightMultiplier, c.RightShift);
        int i = 0;
        for (; i <= output.Length - 8; i += 8)
        {
            Vector256<int> a = ofLeft.Multiply(
                (ByteVectors.Load256(left, i) - Vector256.Create(c.LeftZeroPoint)) << LeftShift);
            Vector256<int> b = ofRight.Multiply(
                (ByteVectors.Load256(right, i) - Vector256.Create(c.RightZeroPoint)) << LeftShift);
            ulong holds = Bytes(
                TComparison.Holds(a.GetLower(), b.GetLower()), TComparison.Holds(a.GetUpper(), b.GetUpper()))
                .AsUInt64().ToScalar();
            Unsafe.WriteUnaligned(ref Target(output, i), holds);
        }

        return i;
    }

    private static int RunAdvSimd(
        ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, in ComparisonConstants c, Span<bool> output)
    {
        FixedPointVectors<TRounding> ofLeft = new(c.LeftMultiplier, c.LeftShift);
        FixedPointVectors<TRounding> ofRight = new(c.RightMultiplier, c.RightShift);
        int i = 0;
        for (; i <= output.Length - 4; i += 4)
        {
            Vector128<int> a = ofLeft.Multiply(
                (ByteVectors.Load128(left, i) - Vector128.Create(c.LeftZeroPoint)) << LeftShift);
            Vector128<int> b = ofRight.Multiply(
                (ByteVectors.Load128(right, i) - Vector128.Create(c.RightZeroPoint)) << LeftShift);
            Vector128<int> holds = TComparison.Holds(a, b);
            Unsafe.WriteUnaligned(ref Target(output, i), Bytes(holds, holds).AsUInt32().ToScalar());
        }

        return i;
    }

    /// <summary>0 or 1 for each of eight lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Bytes(Vector128<int> lower, Vector128<int> upper)
    {
        Vector128<short> words = Vector128.NarrowWithSaturation(lower, upper);
        return Vector128.NarrowWithSaturation(words, words).AsByte() & Vector128<byte>.One;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte Target(Span<bool> output, int i) =>
        ref Unsafe.Add(ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(output)), i);
}
