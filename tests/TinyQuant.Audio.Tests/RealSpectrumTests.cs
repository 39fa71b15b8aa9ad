using TinyQuant.Audio.Tests.Support;

namespace TinyQuant.Audio.Tests;

public class RealSpectrumTests
{
    [Theory]
    [InlineData(4, 4)]
    [InlineData(8, 7)]
    [InlineData(64, 1)]
    [InlineData(512, 480)]
    [InlineData(1024, 1024)]
    public void Equals_the_definition_of_the_transform(int length, int values)
    {
        var random = new Random(length);
        double[] samples = [.. Enumerable.Range(0, values).Select(_ => (random.NextDouble() * 2) - 1)];
        double[] magnitudes = new double[(length / 2) + 1];
        var spectrum = new RealSpectrum(length);

        for (int again = 0; again < 2; again++)
        {
            spectrum.Write(samples, magnitudes);
            double[] expected = ReferenceMfcc.Magnitudes(samples, length);
            Assert.All(expected.Zip(magnitudes), pair => Assert.Equal(pair.First, pair.Second, 1e-11));
        }
    }

    [Fact]
    public void A_tone_of_a_whole_number_of_periods_is_one_frequency()
    {
        double[] tone = [.. Enumerable.Range(0, 512).Select(i => Math.Cos(2 * Math.PI * i * 37 / 512))];
        double[] magnitudes = new double[257];

        new RealSpectrum(512).Write(tone, magnitudes);

        for (int k = 0; k < magnitudes.Length; k++)
        {
            Assert.Equal(k == 37 ? 256 : 0, magnitudes[k], 1e-10);
        }
    }
}
