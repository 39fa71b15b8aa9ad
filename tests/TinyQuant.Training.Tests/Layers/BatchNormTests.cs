using TinyQuant.Data;
using TinyQuant.Training.Layers;
using TinyQuant.Training.Tests.Support;

namespace TinyQuant.Training.Tests.Layers;

/// <summary>
/// Batch normalization against its publication (Ioffe and Szegedy, 2015, algorithms 1 and 2), written here in double:
/// the batch is normalized by its biased variance with epsilon under the root, and inference by the mean of batches'
/// means and of their unbiased variances, m / (m - 1) as large. The means of batches are running ones.
/// </summary>
public class BatchNormTests
{
    private const double Epsilon = 1e-5;
    private const double Momentum = 0.9;
    private const int Batch = 4;

    public static TheoryData<int, int, int, float> Shapes => new()
    {
        { 2, 3, 3, 1 },
        { 1, 1, 5, 1 },
        { 1, 1, 2, 1e-3f }, // a variance of 1e-7 to 1e-6: epsilon decides
        { 1, 2, 9, 30 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void In_training_the_batch_is_normalized_by_its_own_biased_variance(
        int height, int width, int channels, float size)
    {
        (BatchNormLayer layer, float[][] batches) = Create(height, width, channels, size);
        float[] output = new float[batches[0].Length];
        foreach (float[] input in batches)
        {
            layer.Forward(new Pass(Batch, IsTraining: true), [input], output);
            for (int i = 0; i < output.Length; i++)
            {
                (double mean, double biased, _) = Statistics(input, channels, i % channels);
                double expected = (layer.Gamma.Values[i % channels] * (input[i] - mean) / Math.Sqrt(biased + Epsilon))
                    + layer.Beta.Values[i % channels];
                Assert.Equal(expected, output[i], 2e-4);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Outside_of_training_running_means_and_unbiased_variances_count(
        int height, int width, int channels, float size)
    {
        (BatchNormLayer layer, float[][] batches) = Create(height, width, channels, size);
        double[] means = new double[channels], variances = [.. Enumerable.Repeat(1.0, channels)];
        float[] output = new float[batches[0].Length];
        foreach (float[] input in batches)
        {
            layer.Forward(new Pass(Batch, IsTraining: true), [input], output);
            for (int c = 0; c < channels; c++)
            {
                (double mean, _, double unbiased) = Statistics(input, channels, c);
                means[c] = (Momentum * means[c]) + ((1 - Momentum) * mean);
                variances[c] = (Momentum * variances[c]) + ((1 - Momentum) * unbiased);
            }
        }

        for (int c = 0; c < channels; c++)
        {
            Assert.Equal(means[c], layer.RunningMean[c], 1e-5 * (1 + Math.Abs(means[c])));
            Assert.Equal(variances[c], layer.RunningVariance[c], 1e-5 * (1 + variances[c]));
        }

        Array.Fill(layer.RunningVariance, size * size); // where it is small epsilon decides, which 1 hides
        layer.Forward(new Pass(Batch), [batches[0]], output);
        for (int i = 0; i < output.Length; i++)
        {
            int c = i % channels;
            double scale = layer.Gamma.Values[c] / Math.Sqrt(((double)size * size) + Epsilon);
            Assert.Equal((scale * (batches[0][i] - means[c])) + layer.Beta.Values[c], output[i], 2e-4);
            (float given, float shift) = layer.Affine(c);
            Assert.Equal(scale, given, 1e-5 * Math.Abs(scale));
            Assert.Equal(layer.Beta.Values[c] - (means[c] * scale), shift, 1e-4);
        }
    }

    [Fact]
    public void The_statistics_outside_of_training_are_not_moved_there()
    {
        (BatchNormLayer layer, float[][] batches) = Create(1, 1, 3, 1);
        layer.Forward(new Pass(Batch), [batches[0]], new float[batches[0].Length]);

        Assert.Equal([0f, 0, 0], layer.RunningMean);
        Assert.Equal([1f, 1, 1], layer.RunningVariance);
    }

    [Fact]
    public void One_value_has_no_variance()
    {
        var layer = new BatchNormLayer("norm", FeatureShape.Vector(2));
        float[] output = new float[2];
        layer.Forward(new Pass(1, IsTraining: true), [[3, -5]], output);

        Assert.Equal([0f, 0], output);
        Assert.Equal([0.9f, 0.9f], layer.RunningVariance);
    }

    /// <summary>Channels whose means and variances are far apart.</summary>
    private static (BatchNormLayer Layer, float[][] Batches) Create(int height, int width, int channels, float size)
    {
        var layer = new BatchNormLayer("norm", new FeatureShape(height, width, channels));
        var random = new Pcg32(21);
        Toy.Fill(layer.Gamma.Values, random);
        Toy.Fill(layer.Beta.Values, random);
        float[][] batches = [.. Enumerable.Range(0, 5).Select(_ => new float[Batch * height * width * channels])];
        foreach (float[] batch in batches)
        {
            Toy.Fill(batch, random);
            for (int i = 0; i < batch.Length; i++)
            {
                batch[i] = size * ((batch[i] * (1 + (i % channels))) + (i % channels) - 1);
            }
        }

        return (layer, batches);
    }

    private static (double Mean, double Biased, double Unbiased) Statistics(float[] input, int channels, int channel)
    {
        double[] values = [.. input.Where((_, i) => i % channels == channel).Select(v => (double)v)];
        double mean = values.Average();
        double squares = values.Sum(v => (v - mean) * (v - mean));
        return (mean, squares / values.Length, squares / (values.Length - 1));
    }
}
