using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels.Signal;

/// <summary>int32 with 31 bits behind the point. All sums wrap, those that are halved too.</summary>
internal readonly struct Int32FftNumbers : IFftNumbers<int>
{
    private const int Bits = 31;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Add(int a, int b) => unchecked(a + b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Subtract(int a, int b) => unchecked(a - b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Multiply(int a, int factor) => Round((long)a * factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SumOfProducts(int a, int factorOfA, int b, int factorOfB) =>
        Round(unchecked(((long)a * factorOfA) + ((long)b * factorOfB)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int DifferenceOfProducts(int a, int factorOfA, int b, int factorOfB) =>
        Round(unchecked(((long)a * factorOfA) - ((long)b * factorOfB)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Divide(int a, int radix) => Round((long)a * (int.MaxValue / radix));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Half(int a) => a >> 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int HalfOfSum(int a, int b) => unchecked(a + b) >> 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int HalfOfDifference(int a, int b) => unchecked(a - b) >> 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Normalize(int a, int count) => a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Round(long product) => unchecked((int)((product + (1L << (Bits - 1))) >> Bits));
}
