using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels.Signal;

/// <summary>int16 with 15 bits behind the point. Sums that are halved are of 32 bits, all others wrap.</summary>
internal readonly struct Int16FftNumbers : IFftNumbers<short>
{
    private const int Bits = 15;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short Add(short a, short b) => unchecked((short)(a + b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short Subtract(short a, short b) => unchecked((short)(a - b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short Multiply(short a, short factor) => Round(a * factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short SumOfProducts(short a, short factorOfA, short b, short factorOfB) =>
        Round(unchecked((a * factorOfA) + (b * factorOfB)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short DifferenceOfProducts(short a, short factorOfA, short b, short factorOfB) =>
        Round(unchecked((a * factorOfA) - (b * factorOfB)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short Divide(short a, int radix) => Round(a * (short.MaxValue / radix));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short Half(short a) => (short)(a >> 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short HalfOfSum(short a, short b) => unchecked((short)((a + b) >> 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short HalfOfDifference(short a, short b) => unchecked((short)((a - b) >> 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short Normalize(short a, int count) => a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static short Round(int product) => unchecked((short)((product + (1 << (Bits - 1))) >> Bits));
}
