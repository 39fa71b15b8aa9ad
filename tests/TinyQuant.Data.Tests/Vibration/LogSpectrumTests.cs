using Gateway.Scoring;

namespace TinyQuant.Data.Tests;

/// <summary>The gateway's spectrum, which the sensor model was trained on.</summary>
public class LogSpectrumTests
{
    [Fact]
    public void Spectra_are_those_of_plain_sums_to_the_bit()
    {
        var stream = new VibrationStream(new VibrationOptions());
        var spectrum = new LogSpectrum();
        float[] samples = new float[LogSpectrum.Samples];
        float[] bands = new float[LogSpectrum.Bands];
        for (int i = 0; i < 200; i++)
        {
            stream.Read("test", i, i % 2 == 1, samples);
            spectrum.Compute(samples, bands);
            Assert.Equal(Plain(samples), bands);
        }
    }

    [Fact]
    public void A_frame_without_energy_has_an_empty_spectrum()
    {
        float[] bands = new float[LogSpectrum.Bands];
        new LogSpectrum().Compute(new float[LogSpectrum.Samples], bands);
        Assert.All(bands, b => Assert.Equal(0, b));
    }

    /// <summary>The discrete Fourier transform as it is written, one frequency after the other, in float32.</summary>
    private static float[] Plain(float[] samples)
    {
        const int Bins = LogSpectrum.Samples / 2;
        float[] power = new float[LogSpectrum.Bands];
        float total = 0;
        for (int bin = 1; bin < Bins; bin++)
        {
            float real = 0;
            float imaginary = 0;
            for (int i = 0; i < samples.Length; i++)
            {
                float sample = samples[i] * (float)(0.5 - (0.5 * Math.Cos(Angle(i))));
                real += sample * (float)Math.Cos(Angle(bin * i));
                imaginary += sample * (float)Math.Sin(Angle(bin * i));
            }

            float energy = (real * real) + (imaginary * imaginary);
            power[bin * LogSpectrum.Bands / Bins] += energy;
            total += energy;
        }

        return Array.ConvertAll(power, p => Math.Clamp(1 + (MathF.Log10(MathF.Max(p / total, 1e-12f)) / 6), 0, 1));
    }

    private static double Angle(int turns) => 2 * Math.PI * (turns % LogSpectrum.Samples) / LogSpectrum.Samples;
}
