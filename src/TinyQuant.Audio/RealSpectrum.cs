namespace TinyQuant.Audio;

/// <summary>The magnitudes of the discrete Fourier transform of real values.</summary>
/// <remarks>
/// The values are taken in pairs as complex numbers, so that a transform of half the points is enough; it is the
/// radix-2 transform of Cooley and Tukey, in place. Its two interleaved spectra are then taken apart by their symmetry
/// (Press et al., Numerical Recipes, section 12.3). double, because the logarithm that follows shows the error of a
/// quiet band beside a loud one.
/// </remarks>
internal sealed class RealSpectrum
{
    private readonly int _half;
    private readonly double[] _cosine;
    private readonly double[] _sine;
    private readonly int[] _reversed;
    private readonly double[] _real;
    private readonly double[] _imaginary;

    /// <param name="length">Points of the transform, a power of two of at least 4.</param>
    public RealSpectrum(int length)
    {
        _half = length / 2;
        _cosine = new double[_half];
        _sine = new double[_half];
        _reversed = new int[_half];
        _real = new double[_half];
        _imaginary = new double[_half];
        for (int i = 0; i < _half; i++)
        {
            (_sine[i], _cosine[i]) = Math.SinCos(-2 * Math.PI * i / length);
            _reversed[i] = (_reversed[i / 2] / 2) + (i % 2 * _half / 2);
        }
    }

    /// <summary>Writes the magnitudes of the frequencies from 0 to half of the sample rate.</summary>
    /// <param name="values">At most as many values as the transform has points; zeros are thought behind them.</param>
    /// <param name="magnitudes">One more than half as many as the transform has points.</param>
    public void Write(ReadOnlySpan<double> values, Span<double> magnitudes)
    {
        Load(values);
        for (int size = 2; size <= _half; size *= 2)
        {
            Combine(size);
        }

        Separate(magnitudes);
    }

    private void Load(ReadOnlySpan<double> values)
    {
        for (int i = 0; i < _half; i++)
        {
            int at = 2 * i;
            int target = _reversed[i];
            _real[target] = at < values.Length ? values[at] : 0;
            _imaginary[target] = at + 1 < values.Length ? values[at + 1] : 0;
        }
    }

    /// <summary>Every two neighbouring transforms of half a size become one.</summary>
    private void Combine(int size)
    {
        int half = size / 2;
        int step = 2 * _half / size; // the tables are for the real transform, of twice the points
        for (int start = 0; start < _half; start += size)
        {
            for (int i = 0; i < half; i++)
            {
                int a = start + i;
                int b = a + half;
                double cosine = _cosine[i * step];
                double sine = _sine[i * step];
                double real = (_real[b] * cosine) - (_imaginary[b] * sine);
                double imaginary = (_real[b] * sine) + (_imaginary[b] * cosine);
                _real[b] = _real[a] - real;
                _imaginary[b] = _imaginary[a] - imaginary;
                _real[a] += real;
                _imaginary[a] += imaginary;
            }
        }
    }

    /// <summary>From the transform of the pairs to that of the values.</summary>
    private void Separate(Span<double> magnitudes)
    {
        magnitudes[0] = Math.Abs(_real[0] + _imaginary[0]);
        magnitudes[_half] = Math.Abs(_real[0] - _imaginary[0]);
        for (int k = 1; k < _half; k++)
        {
            int mirror = _half - k;
            double evenReal = (_real[k] + _real[mirror]) / 2;
            double evenImaginary = (_imaginary[k] - _imaginary[mirror]) / 2;
            double oddReal = (_imaginary[k] + _imaginary[mirror]) / 2;
            double oddImaginary = (_real[mirror] - _real[k]) / 2;
            double real = evenReal + (oddReal * _cosine[k]) - (oddImaginary * _sine[k]);
            double imaginary = evenImaginary + (oddReal * _sine[k]) + (oddImaginary * _cosine[k]);
            magnitudes[k] = Math.Sqrt((real * real) + (imaginary * imaginary));
        }
    }
}
