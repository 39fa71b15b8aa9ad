using System.Runtime.InteropServices;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels.Signal;

/// <summary>
/// Transforms of real numbers by a complex one of half as many, whose numbers are two real ones each.
/// </summary>
/// <remarks><c>kiss_fftr.c</c> of kissfft 1.3.0, and <c>signal/src/rfft_*.cc</c> and <c>irfft_*.cc</c> of TensorFlow
/// Lite Micro.</remarks>
/// <typeparam name="T">short, int or float.</typeparam>
/// <typeparam name="TNumbers">Its arithmetic.</typeparam>
internal static class RealFft<T, TNumbers>
    where T : unmanaged
    where TNumbers : struct, IFftNumbers<T>
{
    /// <summary>Real numbers to spectra, each in the place of the complex transform.</summary>
    /// <param name="input">[rows, N or fewer].</param>
    /// <param name="rows">1 or more.</param>
    /// <param name="radices">Of the complex transform's stages.</param>
    /// <param name="twiddles">[N / 2, 2].</param>
    /// <param name="halfTwiddles">[N / 4, 2]: those of half a step between.</param>
    /// <param name="output">[rows, N + 2].</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Forward(
        ReadOnlySpan<T> input, int rows, ReadOnlySpan<int> radices, ReadOnlySpan<T> twiddles,
        ReadOnlySpan<T> halfTwiddles, Span<T> output)
    {
        ComplexFft<T, TNumbers> fft = Fft(radices, twiddles, halfTwiddles, isInverse: false);
        int length = SignalRows.LengthOf(input.Length, rows, nameof(input));
        int width = twiddles.Length + 2;
        SpanChecks.AtLeast(twiddles.Length, length, nameof(twiddles), nameof(input));
        SpanChecks.Equal(output.Length, SpanChecks.Product(rows, width), nameof(output), nameof(twiddles));
        for (int row = 0; row < rows; row++)
        {
            Span<ComplexNumber<T>> spectrum = Complex(output.Slice(row * width, width));
            fft.Run(input.Slice(row * length, length), spectrum[..^1]);
            Untangle(spectrum, Complex(halfTwiddles));
        }
    }

    /// <summary>Spectra to real numbers.</summary>
    /// <param name="input">[rows, N + 2].</param>
    /// <param name="rows">1 or more.</param>
    /// <param name="radices">Of the complex transform's stages.</param>
    /// <param name="twiddles">[N / 2, 2], of the inverse transform.</param>
    /// <param name="halfTwiddles">[N / 4, 2]: those of half a step between.</param>
    /// <param name="scratch">[N].</param>
    /// <param name="output">[rows, N].</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Inverse(
        ReadOnlySpan<T> input, int rows, ReadOnlySpan<int> radices, ReadOnlySpan<T> twiddles,
        ReadOnlySpan<T> halfTwiddles, Span<T> scratch, Span<T> output)
    {
        ComplexFft<T, TNumbers> fft = Fft(radices, twiddles, halfTwiddles, isInverse: true);
        SpanChecks.AtLeast(rows, 1, nameof(rows), nameof(output));
        int length = twiddles.Length;
        int width = length + 2;
        SpanChecks.Equal(input.Length, SpanChecks.Product(rows, width), nameof(input), nameof(twiddles));
        SpanChecks.Equal(output.Length, SpanChecks.Product(rows, length), nameof(output), nameof(twiddles));
        SpanChecks.Equal(scratch.Length, length, nameof(scratch), nameof(twiddles));
        for (int row = 0; row < rows; row++)
        {
            Span<T> numbers = output.Slice(row * length, length);
            Tangle(Complex(input.Slice(row * width, width)), Complex(halfTwiddles), Complex(scratch));
            fft.Run(scratch, Complex(numbers));
            foreach (ref T number in numbers)
            {
                number = TNumbers.Normalize(number, length);
            }
        }
    }

    private static ComplexFft<T, TNumbers> Fft(
        ReadOnlySpan<int> radices, ReadOnlySpan<T> twiddles, ReadOnlySpan<T> halfTwiddles, bool isInverse)
    {
        SpanChecks.Equal(twiddles.Length % 2, 0, nameof(twiddles), "pairs");
        SpanChecks.Equal(halfTwiddles.Length, twiddles.Length / 4 * 2, nameof(halfTwiddles), nameof(twiddles));
        ComplexFft<T, TNumbers> fft = new(radices, Complex(twiddles), isInverse);
        fft.Check();
        return fft;
    }

    /// <summary>The transform of pairs to that of the numbers: those of even and of odd ones, put together.</summary>
    private static void Untangle(Span<ComplexNumber<T>> spectrum, ReadOnlySpan<ComplexNumber<T>> halfTwiddles)
    {
        int count = spectrum.Length - 1;
        ComplexNumber<T> first = ComplexArithmetic<T, TNumbers>.Divide(spectrum[0], 2);
        spectrum[0] = new(TNumbers.Add(first.Real, first.Imaginary), default);
        spectrum[count] = new(TNumbers.Subtract(first.Real, first.Imaginary), default);
        for (int k = 1; k <= count / 2; k++)
        {
            (ComplexNumber<T> even, ComplexNumber<T> odd) = Halves(
                spectrum[k], spectrum[count - k], halfTwiddles[k - 1]);
            spectrum[k] = new(
                TNumbers.HalfOfSum(even.Real, odd.Real), TNumbers.HalfOfSum(even.Imaginary, odd.Imaginary));
            spectrum[count - k] = new(
                TNumbers.HalfOfDifference(even.Real, odd.Real),
                TNumbers.HalfOfDifference(odd.Imaginary, even.Imaginary));
        }
    }

    /// <summary>The other way, as far as the complex transform.</summary>
    private static void Tangle(
        ReadOnlySpan<ComplexNumber<T>> spectrum, ReadOnlySpan<ComplexNumber<T>> halfTwiddles,
        Span<ComplexNumber<T>> pairs)
    {
        int count = pairs.Length;
        (T first, T last) = (spectrum[0].Real, spectrum[count].Real);
        pairs[0] = ComplexArithmetic<T, TNumbers>.Divide(
            new(TNumbers.Add(first, last), TNumbers.Subtract(first, last)), 2);
        for (int k = 1; k <= count / 2; k++)
        {
            (ComplexNumber<T> even, ComplexNumber<T> odd) = Halves(
                spectrum[k], spectrum[count - k], halfTwiddles[k - 1]);
            pairs[k] = ComplexArithmetic<T, TNumbers>.Add(even, odd);
            pairs[count - k] = ComplexArithmetic<T, TNumbers>.Conjugate(
                ComplexArithmetic<T, TNumbers>.Subtract(even, odd));
        }
    }

    /// <summary>Sum and turned difference of a frequency and the conjugate of that as far from the other end.</summary>
    private static (ComplexNumber<T> Even, ComplexNumber<T> Odd) Halves(
        ComplexNumber<T> near, ComplexNumber<T> far, ComplexNumber<T> twiddle)
    {
        ComplexNumber<T> a = ComplexArithmetic<T, TNumbers>.Divide(near, 2);
        ComplexNumber<T> b = ComplexArithmetic<T, TNumbers>.Divide(ComplexArithmetic<T, TNumbers>.Conjugate(far), 2);
        return (
            ComplexArithmetic<T, TNumbers>.Add(a, b),
            ComplexArithmetic<T, TNumbers>.Multiply(ComplexArithmetic<T, TNumbers>.Subtract(a, b), twiddle));
    }

    private static Span<ComplexNumber<T>> Complex(Span<T> parts) => MemoryMarshal.Cast<T, ComplexNumber<T>>(parts);

    private static ReadOnlySpan<ComplexNumber<T>> Complex(ReadOnlySpan<T> parts) =>
        MemoryMarshal.Cast<T, ComplexNumber<T>>(parts);
}
