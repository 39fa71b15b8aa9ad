namespace TinyQuant.Audio;

/// <summary>Sums of magnitudes in triangular bands on the mel scale.</summary>
/// <remarks>
/// As <c>tf.signal.linear_to_mel_weight_matrix</c>: mel = 1127 ln(1 + f / 700), triangles linear in mel, each from the
/// centre of the band below to that of the band above, and frequency 0 in none. What is zero is not kept.
/// </remarks>
internal sealed class MelBands
{
    private readonly int[] _first;
    private readonly double[][] _weights;

    public MelBands(MfccSettings settings)
    {
        int bins = (settings.FftLength / 2) + 1;
        double lowest = Mel(settings.LowestFrequency);
        double width = (Mel(settings.HighestFrequency) - lowest) / (settings.MelBands + 1);
        _first = new int[settings.MelBands];
        _weights = new double[settings.MelBands][];
        for (int band = 0; band < settings.MelBands; band++)
        {
            double centre = lowest + ((band + 1) * width);
            double Weight(int bin) =>
                1 - (Math.Abs(Mel((double)bin * settings.SampleRate / settings.FftLength) - centre) / width);
            int first = 1;
            while (first < bins && Weight(first) <= 0)
            {
                first++;
            }

            int end = first;
            while (end < bins && Weight(end) > 0)
            {
                end++;
            }

            _first[band] = first;
            _weights[band] = new double[end - first];
            for (int bin = first; bin < end; bin++)
            {
                _weights[band][bin - first] = Weight(bin);
            }
        }
    }

    /// <summary>Writes the sum of each band.</summary>
    /// <param name="magnitudes">Of the frequencies from 0 to half of the sample rate.</param>
    /// <param name="sums">One for each band.</param>
    public void Write(ReadOnlySpan<double> magnitudes, Span<float> sums)
    {
        for (int band = 0; band < _weights.Length; band++)
        {
            ReadOnlySpan<double> weights = _weights[band];
            ReadOnlySpan<double> part = magnitudes.Slice(_first[band], weights.Length);
            double sum = 0;
            for (int i = 0; i < weights.Length; i++)
            {
                sum += weights[i] * part[i];
            }

            sums[band] = (float)sum;
        }
    }

    private static double Mel(double frequency) => 1127 * Math.Log(1 + (frequency / 700));
}
