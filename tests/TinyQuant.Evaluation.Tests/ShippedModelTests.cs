using TinyQuant.Data;
using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests;

/// <summary>The models of the repository.</summary>
public sealed class ShippedModelTests
{
    private const double MostLost = 0.0005;

    public static TheoryData<string, long> Files => new()
    {
        { "mnist-linear.fp32.tqm", 31_400 },
        { "mnist-linear.dynamic.tqm", 7_880 },
        { "mnist-linear.int8.tqm", 7_880 },
        { "mnist-linear.int4.tqm", 4_210 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Are_written_as_they_were_read(string file, long bytes)
    {
        string text = File.ReadAllText(Repository.File("weights", file));

        Graph graph = Read(file);

        Assert.Equal(text, ModelWriter.Write(graph));
        Assert.Equal(bytes, graph.ConstantBytes);
        Assert.Equal("mnist-linear", graph.Name);
        Assert.Equal(10, graph.Labels.Length);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Compile_and_classify(string file, long bytes)
    {
        using var model = CompiledModel.Compile(Read(file));

        Assert.True(model.BakedBytes >= bytes);
        Assert.InRange(model.Classify(new float[784]), 0, 9);
        Assert.Equal(file.Contains(".int", StringComparison.Ordinal), model.ClassifiesPixels);
    }

    [RealMnistFact]
    public async Task Have_the_accuracy_that_they_say()
    {
        var options = new DataSetOptions { AllowNetwork = false };
        LabelledImages test = (await DataSetLoader.LoadAsync("mnist", options)).Data.TestImages;
        Graph[] graphs = [.. Files.Select(row => Read((string)row[0]))];

        double[] measured = [.. graphs.Select(g => ModelAccuracy.Measure(g, test))];

        Assert.Equal(graphs.Select(g => g.FindMetric("accuracy")!.Value), measured);
        Assert.All(graphs, g => Assert.Equal(("mnist/test", 10_000), (g.Metrics[0].DataSet, g.Metrics[0].Count)));
        Assert.InRange(measured[0], 0.925, 1);
        Assert.InRange(measured[1], measured[0] - MostLost, 1);
        Assert.InRange(measured[2], measured[0] - MostLost, 1);
    }

    private static Graph Read(string file) =>
        ModelReader.Read(File.ReadAllText(Repository.File("weights", file))).Graph!;
}
