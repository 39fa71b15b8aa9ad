using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels.Signal;

/// <summary>Complex numbers in the arithmetic of their parts.</summary>
/// <typeparam name="T">short, int or float.</typeparam>
/// <typeparam name="TNumbers">Its arithmetic.</typeparam>
internal static class ComplexArithmetic<T, TNumbers>
    where T : unmanaged
    where TNumbers : struct, IFftNumbers<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexNumber<T> Add(ComplexNumber<T> a, ComplexNumber<T> b) =>
        new(TNumbers.Add(a.Real, b.Real), TNumbers.Add(a.Imaginary, b.Imaginary));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexNumber<T> Subtract(ComplexNumber<T> a, ComplexNumber<T> b) =>
        new(TNumbers.Subtract(a.Real, b.Real), TNumbers.Subtract(a.Imaginary, b.Imaginary));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexNumber<T> Multiply(ComplexNumber<T> a, ComplexNumber<T> factor) => new(
        TNumbers.DifferenceOfProducts(a.Real, factor.Real, a.Imaginary, factor.Imaginary),
        TNumbers.SumOfProducts(a.Real, factor.Imaginary, a.Imaginary, factor.Real));

    /// <summary>Both parts by one factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexNumber<T> Multiply(ComplexNumber<T> a, T factor) =>
        new(TNumbers.Multiply(a.Real, factor), TNumbers.Multiply(a.Imaginary, factor));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexNumber<T> Divide(ComplexNumber<T> a, int radix) =>
        new(TNumbers.Divide(a.Real, radix), TNumbers.Divide(a.Imaginary, radix));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexNumber<T> Half(ComplexNumber<T> a) => new(TNumbers.Half(a.Real), TNumbers.Half(a.Imaginary));

    /// <summary>The same with the other sign of the imaginary part, which wraps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexNumber<T> Conjugate(ComplexNumber<T> a) =>
        new(a.Real, TNumbers.Subtract(default, a.Imaginary));

    /// <summary>a + i · b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexNumber<T> AddTurned(ComplexNumber<T> a, ComplexNumber<T> b) =>
        new(TNumbers.Subtract(a.Real, b.Imaginary), TNumbers.Add(a.Imaginary, b.Real));

    /// <summary>a − i · b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexNumber<T> SubtractTurned(ComplexNumber<T> a, ComplexNumber<T> b) =>
        new(TNumbers.Add(a.Real, b.Imaginary), TNumbers.Subtract(a.Imaginary, b.Real));
}
