using TinyQuant.Data;
using TinyQuant.Evaluation;
using TinyQuant.Model;
using TinyQuant.Training.Export;
using TinyQuant.Training.Layers;
using TinyQuant.Training.Tests.Support;

namespace TinyQuant.Training.Tests.Export;

/// <summary>The exported graph's generated code computes what the network computes.</summary>
public class NetworkExporterTests
{
    private const int Batch = 16;

    [Theory]
    [InlineData("conv 5 3x3 bn relu; maxpool 2; conv 7 2x3 valid bn relu6; globalpool; dense 4",
        "Conv2D MaxPool2D Conv2D Mean FullyConnected")]
    [InlineData("conv 6 1x1; save; dwconv 3x3 bn; conv 6 3x3 bn; add relu; avgpool 2; flatten; dropout 0.5; dense 8 "
        + "bn relu; dense 4", "Conv2D DepthwiseConv2D Conv2D Add AveragePool2D Reshape FullyConnected FullyConnected")]
    [InlineData("dwconv 3x3 stride 2 bn relu; save; conv 1 1x1 relu; add; dense 4",
        "DepthwiseConv2D Conv2D Add FullyConnected")]
    [InlineData("conv 4 1x3 bn relu; maxpool 1x2; dwconv 3x1 relu; avgpool 2x1; dense 4",
        "Conv2D MaxPool2D DepthwiseConv2D AveragePool2D FullyConnected")]
    [InlineData("dense 9 bn relu; dense 4; dropout 0.1", "FullyConnected FullyConnected")]
    public void Folding_and_fusing_change_nothing_that_matters(string layers, string operators)
    {
        Network network = Trained(layers);
        Graph graph = NetworkExporter.Export(network) with { Name = "exported" };

        Assert.Empty(GraphValidator.Validate(graph));
        Assert.Equal(operators.Split(' '), graph.Operators.Select(o => o.Kind));
        Assert.Equal("scores", graph.Outputs[0].Name);
        float[] inputs = network.Input(Batch).ToArray();
        float[] expected = network.Forward(new Pass(Batch)).ToArray();
        using var runner = new GraphRunner(graph);
        for (int i = 0; i < Batch; i++)
        {
            float[] actual = runner.Run(inputs[(i * network.InputLength)..((i + 1) * network.InputLength)])["scores"];
            for (int o = 0; o < actual.Length; o++)
            {
                Assert.Equal(expected[(i * actual.Length) + o], actual[o], 1e-4f);
            }
        }
    }

    [Fact]
    public void An_activation_whose_input_is_read_elsewhere_stays_an_operator()
    {
        var builder = new NetworkBuilder(new FeatureShape(8, 8, 1));
        builder.Conv2D(3, new Window(3, 3));
        int linear = builder.Current;
        builder.Relu().Add(linear).Dense(4);
        Graph graph = NetworkExporter.Export(builder.Build(1));

        Assert.Equal(["Conv2D", "Relu", "Add", "FullyConnected"], graph.Operators.Select(o => o.Kind));
        Assert.Equal(Activation.None, ((Conv2D)graph.Operators[0]).Window.Activation);
    }

    /// <summary>A network whose normalizations have seen batches.</summary>
    private static Network Trained(string layers)
    {
        Network network = NetworkText.Build(layers, new NetworkBuilder(new FeatureShape(8, 8, 1), 2)).Build(Batch);
        var random = new Pcg32(6);
        foreach (Parameter parameter in network.Parameters.Where(p => !p.Decays))
        {
            Toy.Fill(parameter.Values, random);
        }

        for (int step = 0; step < 20; step++)
        {
            Toy.Fill(network.Input(Batch), random);
            network.Forward(new Pass(Batch, IsTraining: true));
        }

        return network;
    }
}
