using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels.Signal;

/// <summary>float32, which is not scaled on its way.</summary>
internal readonly struct Float32FftNumbers : IFftNumbers<float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float a, float b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Subtract(float a, float b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Multiply(float a, float factor) => a * factor;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumOfProducts(float a, float factorOfA, float b, float factorOfB) =>
        (a * factorOfA) + (b * factorOfB);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float DifferenceOfProducts(float a, float factorOfA, float b, float factorOfB) =>
        (a * factorOfA) - (b * factorOfB);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Divide(float a, int radix) => a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Half(float a) => a * 0.5f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float HalfOfSum(float a, float b) => (a + b) * 0.5f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float HalfOfDifference(float a, float b) => (a - b) * 0.5f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Normalize(float a, int count) => a / count;
}
