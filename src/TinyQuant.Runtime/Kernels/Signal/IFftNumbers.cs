namespace TinyQuant.Kernels.Signal;

/// <summary>
/// The arithmetic of a Fourier transform as kissfft has it: fixed-point numbers that are divided before they are added,
/// and wrap around where that is not enough, or reals.
/// </summary>
/// <typeparam name="T">short, int or float.</typeparam>
internal interface IFftNumbers<T>
    where T : unmanaged
{
    static abstract T Add(T a, T b);

    static abstract T Subtract(T a, T b);

    /// <summary>A number times a factor, rounded.</summary>
    static abstract T Multiply(T a, T factor);

    /// <summary>The sum of two products, rounded once.</summary>
    static abstract T SumOfProducts(T a, T factorOfA, T b, T factorOfB);

    /// <summary>The difference of two products, rounded once.</summary>
    static abstract T DifferenceOfProducts(T a, T factorOfA, T b, T factorOfB);

    /// <summary>A number through the radix of a stage, by a factor that is not quite that; a real stays as it is.
    /// </summary>
    static abstract T Divide(T a, int radix);

    /// <summary>Half of a number, rounded down.</summary>
    static abstract T Half(T a);

    /// <summary>Half of a sum, rounded down.</summary>
    static abstract T HalfOfSum(T a, T b);

    /// <summary>Half of a difference, rounded down.</summary>
    static abstract T HalfOfDifference(T a, T b);

    /// <summary>An output of the inverse transform of N numbers.</summary>
    static abstract T Normalize(T a, int count);
}
