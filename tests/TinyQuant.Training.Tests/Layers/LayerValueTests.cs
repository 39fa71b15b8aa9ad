using TinyQuant.Model;
using TinyQuant.Training.Layers;

namespace TinyQuant.Training.Tests.Layers;

/// <summary>What layers give: gradients that fit the values do not show that the values are right.</summary>
public class LayerValueTests
{
    private const int Length = 20_000;

    [Fact]
    public void Dropout_drops_its_part_and_scales_the_rest_so_that_the_mean_stays()
    {
        var layer = new DropoutLayer("dropout", FeatureShape.Vector(Length), 0.4);
        float[] output = Drop(layer, seed: 1, step: 0);

        Assert.All(output, y => Assert.True(y is 0 || Math.Abs(y - (3 / 0.6f)) < 1e-5f));
        double deviation = Math.Sqrt(0.4 * 0.6 / Length);
        Assert.InRange(output.Count(y => y == 0) / (double)Length, 0.4 - (5 * deviation), 0.4 + (5 * deviation));
    }

    [Fact]
    public void Dropout_drops_others_at_each_step_by_each_seed_in_each_layer_and_for_each_example()
    {
        var layer = new DropoutLayer("dropout", FeatureShape.Vector(Length), 0.5);
        float[] output = Drop(layer, seed: 1, step: 0);

        Assert.Equal(output, Drop(layer, seed: 1, step: 0));
        foreach (float[] other in new[] { Drop(layer, 1, 1), Drop(layer, 2, 0),
            Drop(new DropoutLayer("other", FeatureShape.Vector(Length), 0.5), 1, 0) })
        {
            Assert.InRange(output.Zip(other, (a, b) => a == b ? 1.0 : 0).Average(), 0.48, 0.52);
        }

        float[] two = new float[2 * Length];
        layer.Forward(new Pass(2, IsTraining: true, 1, 0), [Enumerable.Repeat(3f, 2 * Length).ToArray()], two);
        Assert.InRange(two.Take(Length).Zip(two.Skip(Length), (a, b) => a == b ? 1.0 : 0).Average(), 0.48, 0.52);
    }

    [Fact]
    public void Dropout_does_nothing_outside_of_training()
    {
        float[] input = [1, 2, 3], output = new float[3];
        new DropoutLayer("dropout", FeatureShape.Vector(3), 0.9).Forward(
            new Pass(1, IsTraining: false, 1, 5), [input], output);
        Assert.Equal(input, output);
    }

    [Fact]
    public void An_average_is_over_what_a_window_covers_of_the_image()
    {
        // As in TensorFlow Lite: what lies outside is not counted.
        var layer = new AveragePool2DLayer("pool", new FeatureShape(3, 3, 1), new Window(3, 3, 2, Padding.Same));
        float[] output = new float[4];
        layer.Forward(new Pass(1), [[1, 2, 3, 4, 5, 6, 7, 8, 9]], output);
        Assert.Equal([3f, 4, 6, 7], output); // (1 + 2 + 4 + 5) / 4 and so on
    }

    [Fact]
    public void Outside_of_the_image_there_is_no_maximum()
    {
        var layer = new MaxPool2DLayer("pool", new FeatureShape(3, 3, 1), new Window(3, 3, 2, Padding.Same));
        float[] output = new float[4];
        layer.Forward(new Pass(1), [[-1, -2, -3, -4, -5, -6, -7, -8, -9]], output);
        Assert.Equal([-1f, -2, -4, -5], output);
    }

    [Theory]
    [InlineData("dense 400", 500)]
    [InlineData("conv 300 5x5", 25 * 20)]
    public void Weights_begin_with_the_variance_of_He_and_mean_0(string layers, int fanIn)
    {
        FeatureShape shape = layers.StartsWith("dense", StringComparison.Ordinal)
            ? FeatureShape.Vector(500)
            : new FeatureShape(8, 8, 20);
        var layer = (LinearLayer)NetworkText.Build(layers, new NetworkBuilder(shape, seed: 3)).Build(1).Nodes[0].Layer;

        double[] weights = [.. layer.Weights.Values.Select(w => (double)w)];
        double variance = 2.0 / fanIn; // He et al., 2015, equation 10
        Assert.Equal(0, weights.Average(), 5 * Math.Sqrt(variance / weights.Length));
        Assert.Equal(1, weights.Average(w => w * w) / variance, 5 * Math.Sqrt(2.0 / weights.Length));
        Assert.All(layer.Bias.Values, b => Assert.Equal(0, b));
    }

    private static float[] Drop(DropoutLayer layer, ulong seed, long step)
    {
        float[] output = new float[Length];
        layer.Forward(new Pass(1, IsTraining: true, seed, step), [Enumerable.Repeat(3f, Length).ToArray()], output);
        return output;
    }
}
