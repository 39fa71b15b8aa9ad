using TinyQuant.Training.Layers;

namespace TinyQuant.Training.Tests.Layers;

public class NetworkTextTests
{
    [Fact]
    public void Layers_follow_each_other()
    {
        Network network = Build(
            "conv 4 3x3 bn relu; maxpool 2; save; dwconv 3x3 relu6; add relu; conv 6 2x3 stride 2 valid; globalpool; "
                + "dropout 0.2; dense 10");

        Assert.Equal(
            [
                "conv1 28x28x1 -> 28x28x4", "norm1 28x28x4 -> 28x28x4", "relu1 28x28x4 -> 28x28x4",
                "pool1 28x28x4 -> 14x14x4",
                "depthwise1 14x14x4 -> 14x14x4", "relu2 14x14x4 -> 14x14x4", "add1 14x14x4 + 14x14x4 -> 14x14x4",
                "relu3 14x14x4 -> 14x14x4",
                "conv2 14x14x4 -> 7x6x6", "pool2 7x6x6 -> 6", "dropout1 6 -> 6", "dense1 6 -> 10",
            ],
            network.Nodes.Select(n => n.Layer.ToString()));
        Assert.Equal([3, 5], network.Nodes[6].Inputs.ToArray());
        Assert.True(((ReluLayer)network.Nodes[5].Layer).IsRelu6);
        Assert.Equal(0.2, ((DropoutLayer)network.Nodes[10].Layer).Probability);
    }

    [Fact]
    public void A_pool_moves_by_its_size_each_way() => Assert.Equal(
        ["pool1 28x28x1 -> 28x14x1", "pool2 28x14x1 -> 9x14x1", "pool3 9x14x1 -> 4x7x1"],
        Build("maxpool 1x2; avgpool 3x1; maxpool 2x1 stride 2").Nodes.Select(n => n.Layer.ToString()));

    [Theory]
    [InlineData("convolution 3",
        "Layer 1, 'convolution 3': there is no layer 'convolution'; expected one of conv CHANNELS HxW")]
    [InlineData("dense 10; conv", "Layer 2, 'conv': expected the output channels")]
    [InlineData("conv 8", "expected the size of the window")]
    [InlineData("conv 8 3", "'3' is not the size of a window; expected 3x3")]
    [InlineData("maxpool 0", "'0' is not the size of a window; expected 2 or 2x2")]
    [InlineData("dense ten", "'ten' is not the outputs; expected an integer from 1")]
    [InlineData("dense 10 rleu", "'rleu' was not expected there")]
    [InlineData("dense 10; maxpool 2",
        "Layer 2, 'maxpool 2': maxpool takes an image; what it would read is a vector of 10")]
    [InlineData("conv 2 30x30 valid", "A window of 30x30 does not fit into 28x28")]
    [InlineData("add", "there is no 'save' before it")]
    [InlineData("save; dense 10", "'save' has no 'add'")]
    [InlineData("save; conv 4 3x3; add", "it has 28x28x1")]
    [InlineData("dropout 1", "'1' is not the probability")]
    [InlineData("dense 10; ; dense 2", "Layer 2, '': expected a layer")]
    public void Errors_say_where_and_what(string text, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => Build(text)).Message, StringComparison.Ordinal);

    /// <summary>Nobody asks for the gradient of the network's input.</summary>
    [Theory]
    [InlineData("flatten")]
    [InlineData("maxpool 2")]
    [InlineData("avgpool 2")]
    [InlineData("globalpool")]
    [InlineData("dropout 0.5")]
    [InlineData("conv 2 3x3 bn relu")]
    [InlineData("dwconv 3x3 bn relu6")]
    [InlineData("dense 3 relu")]
    [InlineData("save; conv 1 3x3; add relu")]
    public void Any_layer_may_be_the_first(string first)
    {
        Network network = Build(first + "; dense 2");
        network.Input(1).Fill(0.5f);
        network.Forward(new Pass(1));
        network.OutputGradient(1).Fill(1);
        network.Backward();
        Assert.Contains(network.Parameters[^1].Gradients, g => g != 0);
    }

    private static Network Build(string text) =>
        NetworkText.Build(text, new NetworkBuilder(new FeatureShape(28, 28, 1))).Build(1);
}
