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
    public void A_partial_batch_gives_what_a_full_one_gives()
    {
        var layer = new DenseLayer("dense", 3, 2);
        Support.Toy.Fill(layer.Weights.Values, new Pcg32(1));
        float[] input = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        float[] whole = new float[6];
        float[] single = new float[2];
        layer.Forward(input, whole, 3);
        layer.Forward(input.AsSpan(3, 3), single, 1);

        Assert.Equal(whole[2..4], single);
    }
}
