using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests;

/// <summary>A model against its float32 twin.</summary>
public class TwinErrorsTests
{
    private readonly Graph _real = Read("mnist-cnn.fp32");
    private readonly float[][] _inputs = [
        .. Enumerable.Range(0, 3).Select(i =>
            Enumerable.Range(0, 784).Select(p => (p * (i + 1) % 256) / 255f).ToArray())];

    [Fact]
    public void A_model_is_its_own_twin()
    {
        TwinErrors errors = TwinErrors.Of(_real, _real, _inputs);
        Assert.Equal(3, errors.Inputs);
        Assert.All(errors.Layers, layer => Assert.Equal(double.PositiveInfinity, layer!.Decibels));
    }

    [Theory]
    [InlineData("mnist-cnn.int8", 15, 35)]
    [InlineData("mnist-cnn.int4", 5, 10)]
    public void Noise_is_that_of_the_layers_of_quantize(string name, double leastOutput, double leastWeights)
    {
        Graph graph = Read(name);
        IReadOnlyList<LayerError> expected = LayerErrors.Of(_real, graph, _inputs);
        TwinErrors errors = TwinErrors.Of(_real, graph, _inputs);

        Assert.Equal(expected.Select(e => (e.Decibels, e.Weights, e.WeightDecibels)),
            errors.Layers.Select(l => (l!.Decibels, l.Weights, l.WeightDecibels)));
        Assert.All(errors.Layers, l => Assert.True(l!.Decibels > leastOutput && l.Range.Max > l.Range.Min, $"{l}"));
        Assert.All(errors.Layers,
            l => Assert.True(l!.WeightDecibels is null || l.WeightDecibels > leastWeights, $"{l}"));
    }

    [Fact]
    public void What_only_converts_needs_no_counterpart()
    {
        const string Real = """
            tinyquant-model 1
            name real
            tensor a float32 [1,2]
            tensor b float32 [1,2]
            input a
            output b
            op Relu a -> b
            """;
        const string Quantized = """
            tinyquant-model 1
            name quantized
            tensor a float32 [1,2]
            tensor q int8 [1,2] scale 0.5
            tensor r int8 [1,2] scale 0.5
            tensor b float32 [1,2]
            input a
            output b
            op Quantize a -> q
            op Relu q -> r
            op Dequantize r -> b
            """;
        TwinErrors errors = TwinErrors.Of(
            ModelReader.Read(Real).Graph!, ModelReader.Read(Quantized).Graph!, [[1.1f, -3]]);
        Assert.Null(errors.Layers[0]);
        Assert.Null(errors.Layers[2]);
        Assert.Equal(10 * Math.Log10(1.1 * 1.1 / 0.01), errors.Layers[1]!.Decibels, 1e-3);
        Assert.Equal((0, 1.1f), (errors.Layers[1]!.Range.Min, errors.Layers[1]!.Range.Max));
    }

    [Theory]
    [InlineData("mnist-cnn.int8", "expected a float32 model")]
    [InlineData("mnist-mlp.fp32", "expected the same operators")]
    [InlineData("sensor-autoencoder.fp32", "expected one input each")]
    public void Another_model_is_no_twin(string twin, string message) => Assert.Contains(
        message,
        Assert.Throws<ArgumentException>(() => TwinErrors.Of(Read(twin), Read("mnist-cnn.int8"), _inputs)).Message,
        StringComparison.Ordinal);

    private static Graph Read(string name) =>
        ModelReader.Read(File.ReadAllText(Repository.File("weights", name + ".tqm"))).Graph!;
}
