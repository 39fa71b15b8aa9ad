using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.Elements;

/// <summary>A comparison of two runs of numbers, to bytes of 0 and 1.</summary>
internal readonly struct ComparisonKernel<T, TComparison> : IBinaryKernel<T, T, bool, NoConstants>
    where T : unmanaged, INumber<T>
    where TComparison : struct, IComparison
{
    public static void Run(
        ReadOnlySpan<T> left, ReadOnlySpan<T> right, in NoConstants constants, Span<bool> output)
    {
        int i = (left.Length == 1, right.Length == 1) switch
        {
            (false, false) => Vectors<Each, Each>(left, right, output),
            (false, true) => Vectors<Each, One>(left, right, output),
            (true, false) => Vectors<One, Each>(left, right, output),
            _ => 0,
        };
        int leftStep = left.Length == 1 ? 0 : 1;
        int rightStep = right.Length == 1 ? 0 : 1;
        for (; i < output.Length; i++)
        {
            output[i] = TComparison.Holds(left[i * leftStep], right[i * rightStep]);
        }
    }

    /// <summary>Sixteen at a time, of elements of one byte or four; returns where they end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Vectors<TLeft, TRight>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<bool> output)
        where TLeft : struct, IOperand
        where TRight : struct, IOperand
    {
        if (!Vector128.IsHardwareAccelerated || Unsafe.SizeOf<T>() is not (sizeof(byte) or sizeof(int)))
        {
            return 0;
        }

        ref T a = ref MemoryMarshal.GetReference(left);
        ref T b = ref MemoryMarshal.GetReference(right);
        ref byte target = ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(output));
        int i = 0;
        for (; i <= output.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            Vector128<byte> holds = Unsafe.SizeOf<T>() == sizeof(byte)
                ? Of<TLeft, TRight>(ref a, ref b, i).AsByte()
                : Vector128.NarrowWithSaturation(
                    Words<TLeft, TRight>(ref a, ref b, i), Words<TLeft, TRight>(ref a, ref b, i + 8)).AsByte();
            (holds & Vector128<byte>.One).StoreUnsafe(ref target, (nuint)i);
        }

        return i;
    }

    /// <summary>Eight elements of four bytes: 0 or -1 of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Words<TLeft, TRight>(ref T a, ref T b, int i)
        where TLeft : struct, IOperand
        where TRight : struct, IOperand => Vector128.NarrowWithSaturation(
            Of<TLeft, TRight>(ref a, ref b, i).AsInt32(), Of<TLeft, TRight>(ref a, ref b, i + 4).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Of<TLeft, TRight>(ref T a, ref T b, int i)
        where TLeft : struct, IOperand
        where TRight : struct, IOperand =>
        TComparison.Holds(TLeft.Load128(ref a, i), TRight.Load128(ref b, i));
}
