namespace TinyQuant.Data;

/// <summary>
/// The spectrum of a window as 64 numbers in [0, 1]: the part of the window's energy in each band, from a millionth (0)
/// to all (1) on a logarithmic scale. Loudness is no part of it.
/// </summary>
internal sealed class LogSpectrum
{
    /// <summary>Bands of equal width.</summary>
    public const int Bands = 64;

    private const int Decades = 6;
    private const int Bins = VibrationStream.Length / 2;

    private readonly float[] _cosines = new float[VibrationStream.Length];
    private readonly float[] _sines = new float[VibrationStream.Length];
    private readonly float[] _hann = new float[VibrationStream.Length];

    public LogSpectrum()
    {
        for (int i = 0; i < VibrationStream.Length; i++)
        {
            double angle = 2 * Math.PI * i / VibrationStream.Length;
            (_cosines[i], _sines[i]) = ((float)Math.Cos(angle), (float)Math.Sin(angle));
            _hann[i] = (float)(0.5 - (0.5 * Math.Cos(angle)));
        }
    }

    /// <summary>Writes <see cref="Bands"/> numbers.</summary>
    public void Compute(ReadOnlySpan<float> samples, Span<float> bands)
    {
        Span<float> power = stackalloc float[Bands];
        power.Clear();
        float total = 0;
        for (int bin = 1; bin < Bins; bin++)
        {
            float real = 0;
            float imaginary = 0;
            for (int i = 0; i < samples.Length; i++)
            {
                float sample = samples[i] * _hann[i];
                int at = bin * i % VibrationStream.Length;
                real += sample * _cosines[at];
                imaginary += sample * _sines[at];
            }
            float energy = (real * real) + (imaginary * imaginary);
            power[bin * Bands / Bins] += energy;
            total += energy;
        }
        for (int b = 0; b < Bands; b++)
        {
            float part = total > 0 ? power[b] / total : 0;
            bands[b] = Math.Clamp(1 + (MathF.Log10(MathF.Max(part, 1e-12f)) / Decades), 0, 1);
        }
    }
}
