namespace TinyQuant.Audio;

/// <summary>The first coefficients of a cosine transform of logarithms.</summary>
/// <remarks>
/// As <c>tf.signal.mfccs_from_log_mel_spectrograms</c>: the DCT-II, each coefficient 2 Σ x_k cos(π j (2k + 1) / 2n) /
/// √(2n).
/// </remarks>
internal sealed class Cepstrum
{
    private readonly double[] _cosines;
    private readonly double[] _logarithms;
    private readonly double _offset;

    public Cepstrum(MfccSettings settings)
    {
        int bands = settings.MelBands;
        _offset = settings.LogOffset;
        _logarithms = new double[bands];
        _cosines = new double[settings.Coefficients * bands];
        for (int j = 0; j < settings.Coefficients; j++)
        {
            for (int k = 0; k < bands; k++)
            {
                _cosines[(j * bands) + k] = 2 * Math.Cos(Math.PI * j * ((2 * k) + 1) / (2 * bands))
                    / Math.Sqrt(2 * bands);
            }
        }
    }

    /// <summary>Writes the coefficients of one frame.</summary>
    /// <param name="sums">The sums of its bands.</param>
    /// <param name="scale">What the sums are multiplied by first: magnitudes, and so sums, are linear in the
    /// samples.</param>
    /// <param name="coefficients">The coefficients.</param>
    public void Write(ReadOnlySpan<float> sums, double scale, Span<float> coefficients)
    {
        Span<double> logarithms = _logarithms;
        for (int k = 0; k < logarithms.Length; k++)
        {
            logarithms[k] = Math.Log((sums[k] * scale) + _offset);
        }

        for (int j = 0; j < coefficients.Length; j++)
        {
            ReadOnlySpan<double> cosines = _cosines.AsSpan(j * logarithms.Length, logarithms.Length);
            double sum = 0;
            for (int k = 0; k < cosines.Length; k++)
            {
                sum += logarithms[k] * cosines[k];
            }

            coefficients[j] = (float)sum;
        }
    }
}
