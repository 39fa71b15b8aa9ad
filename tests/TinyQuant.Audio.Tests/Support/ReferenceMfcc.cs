namespace TinyQuant.Audio.Tests.Support;

/// <summary>The recipe step by step, in double precision and with the Fourier transform as it is defined.</summary>
internal static class ReferenceMfcc
{
    public static double[] Features(ReadOnlySpan<short> window, MfccSettings s)
    {
        int peak = s.PeakFloor;
        foreach (short sample in window)
        {
            peak = Math.Max(peak, sample);
        }

        double[,] matrix = MelMatrix(s);
        var features = new List<double>();
        for (int start = 0; start + s.FrameLength <= s.WindowLength; start += s.FrameStride)
        {
            double[] frame = new double[s.FrameLength];
            for (int i = 0; i < frame.Length; i++)
            {
                double hann = 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / frame.Length));
                frame[i] = (double)window[start + i] / peak * hann;
            }

            double[] magnitudes = Magnitudes(frame, s.FftLength);
            double[] logarithms = new double[s.MelBands];
            for (int band = 0; band < logarithms.Length; band++)
            {
                double sum = 0;
                for (int bin = 0; bin < magnitudes.Length; bin++)
                {
                    sum += magnitudes[bin] * matrix[bin, band];
                }

                logarithms[band] = Math.Log(sum + s.LogOffset);
            }

            for (int j = 0; j < s.Coefficients; j++)
            {
                double sum = 0;
                for (int k = 0; k < logarithms.Length; k++)
                {
                    sum += logarithms[k] * Math.Cos(Math.PI * j * ((2 * k) + 1) / (2 * s.MelBands));
                }

                features.Add(2 * sum / Math.Sqrt(2 * s.MelBands));
            }
        }

        return [.. features];
    }

    /// <summary>The definition of the transform, term by term.</summary>
    public static double[] Magnitudes(ReadOnlySpan<double> values, int length)
    {
        double[] magnitudes = new double[(length / 2) + 1];
        double[] cosines = [.. Enumerable.Range(0, length).Select(i => Math.Cos(2 * Math.PI * i / length))];
        double[] sines = [.. Enumerable.Range(0, length).Select(i => Math.Sin(2 * Math.PI * i / length))];
        for (int k = 0; k < magnitudes.Length; k++)
        {
            double real = 0;
            double imaginary = 0;
            for (int n = 0; n < values.Length; n++)
            {
                real += values[n] * cosines[k * n % length];
                imaginary -= values[n] * sines[k * n % length];
            }

            magnitudes[k] = Math.Sqrt((real * real) + (imaginary * imaginary));
        }

        return magnitudes;
    }

    /// <summary>tf.signal.linear_to_mel_weight_matrix: the lesser of two slopes, and not below zero.</summary>
    private static double[,] MelMatrix(MfccSettings s)
    {
        int bins = (s.FftLength / 2) + 1;
        double[,] matrix = new double[bins, s.MelBands];
        double low = Mel(s.LowestFrequency);
        double high = Mel(s.HighestFrequency);
        double Edge(int i) => low + ((high - low) * i / (s.MelBands + 1));
        for (int band = 0; band < s.MelBands; band++)
        {
            for (int bin = 1; bin < bins; bin++)
            {
                double mel = Mel(s.SampleRate / 2.0 * bin / (bins - 1));
                double rising = (mel - Edge(band)) / (Edge(band + 1) - Edge(band));
                double falling = (Edge(band + 2) - mel) / (Edge(band + 2) - Edge(band + 1));
                matrix[bin, band] = Math.Max(0, Math.Min(rising, falling));
            }
        }

        return matrix;
    }

    private static double Mel(double frequency) => 1127 * Math.Log(1 + (frequency / 700));
}
