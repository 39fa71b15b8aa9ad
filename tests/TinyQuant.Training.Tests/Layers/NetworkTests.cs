using TinyQuant.Data;
using TinyQuant.Training.Layers;

namespace TinyQuant.Training.Tests.Layers;

public class NetworkTests
{
    [Fact]
    public void Layers_that_do_not_fit_are_an_error_with_both_lengths()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => new Network(1, new DenseLayer("a", 4, 3), new DenseLayer("b", 2, 1)));

        Assert.Contains("takes 2 elements; layer 0 gives 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_that_nothing_reads_is_an_error()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Network(
            1, [new NetworkNode(new DenseLayer("a", 4, 3), [-1]), new NetworkNode(new DenseLayer("b", 4, 3), [-1])]));

        Assert.Contains("'a'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_partial_batch_gives_what_a_full_one_gives()
    {
        var layer = new DenseLayer("dense", 3, 2);
        Support.Toy.Fill(layer.Weights.Values, new Pcg32(1));
        float[] input = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        float[] whole = new float[6];
        float[] single = new float[2];
        layer.Forward(new Pass(3), [input], whole);
        layer.Forward(new Pass(1), [input[3..6]], single);

        Assert.Equal(whole[2..4], single);
    }

    [Fact]
    public void Batch_normalization_without_weights_before_it_is_refused_where_it_is_built() =>
        Assert.Throws<ArgumentException>(() =>
            new NetworkBuilder(new FeatureShape(4, 4, 1)).MaxPool2D(new Window(2, 2, 2)).BatchNorm());

    [Fact]
    public void An_image_layer_behind_a_vector_is_refused_with_both()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => new NetworkBuilder(new FeatureShape(4, 4, 1)).Dense(7).Conv2D(2, new Window(3, 3)));

        Assert.Contains(
            "conv takes an image; what it would read is a vector of 7", error.Message, StringComparison.Ordinal);
    }
}
