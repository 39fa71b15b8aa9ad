using System.ComponentModel;
using TinyQuant.Kernels.Signal;

namespace TinyQuant.Kernels;

/// <summary>A spectrum to its real numbers: TFLM's SignalIrfft.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SignalIrfft
{
    /// <summary>int16, with 15 bits behind the point.</summary>
    /// <param name="input">[rows, N + 2].</param>
    /// <param name="rows">1 or more.</param>
    /// <param name="radices">Of the stages of a complex transform of N / 2, the outermost first: 2, 3, 4 or 5.</param>
    /// <param name="twiddles">[N / 2, 2]: exp(+4πi · k / N).</param>
    /// <param name="halfTwiddles">[N / 4, 2]: exp(+πi · (2k / N + 1/2)), k from 1 on.</param>
    /// <param name="scratch">[N].</param>
    /// <param name="output">[rows, N], and another memory.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Int16(
        ReadOnlySpan<short> input, int rows, ReadOnlySpan<int> radices, ReadOnlySpan<short> twiddles,
        ReadOnlySpan<short> halfTwiddles, Span<short> scratch, Span<short> output) =>
        RealFft<short, Int16FftNumbers>.Inverse(input, rows, radices, twiddles, halfTwiddles, scratch, output);

    /// <summary>int32, with 31 bits behind the point.</summary>
    /// <inheritdoc cref="Int16"/>
    public static void Int32(
        ReadOnlySpan<int> input, int rows, ReadOnlySpan<int> radices, ReadOnlySpan<int> twiddles,
        ReadOnlySpan<int> halfTwiddles, Span<int> scratch, Span<int> output) =>
        RealFft<int, Int32FftNumbers>.Inverse(input, rows, radices, twiddles, halfTwiddles, scratch, output);

    /// <summary>float32, divided by N.</summary>
    /// <inheritdoc cref="Int16"/>
    public static void Float32(
        ReadOnlySpan<float> input, int rows, ReadOnlySpan<int> radices, ReadOnlySpan<float> twiddles,
        ReadOnlySpan<float> halfTwiddles, Span<float> scratch, Span<float> output) =>
        RealFft<float, Float32FftNumbers>.Inverse(input, rows, radices, twiddles, halfTwiddles, scratch, output);
}
