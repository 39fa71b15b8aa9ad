namespace TinyQuant.Kernels.Signal;

/// <summary>A complex number, as it lies in memory.</summary>
/// <param name="Real">The real part.</param>
/// <param name="Imaginary">The imaginary part.</param>
/// <typeparam name="T">short, int or float.</typeparam>
internal readonly record struct ComplexNumber<T>(T Real, T Imaginary)
    where T : unmanaged;
