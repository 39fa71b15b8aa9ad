using TinyQuant.Data;
using TinyQuant.Model;
using TinyQuant.Training.Recipes;
using TinyQuant.Training.Tests.Support;

namespace TinyQuant.Training.Tests.Recipes;

public class LinearRecipeTests
{
    private static readonly DataSet s_data = new(
        "toy-mnist", Toy.Data(300, 16, 4), Toy.Data(40, 16, 4, seed: 8), ["zero", "one", "two", "three"], "toys");

    private static readonly LinearOptions s_options = new()
    {
        Epochs = 2,
        BatchSize = 32,
        LearningRate = 0.05f,
        CalibrationImages = 50,
    };

    [Theory]
    [InlineData("mnist", "mnist-linear")]
    [InlineData("fashion-mnist", "fashion-linear")]
    [InlineData("strokes", "strokes-linear")]
    public void Models_are_named_after_their_data(string data, string name) =>
        Assert.Equal(name, LinearRecipe.ModelName(data));

    [Fact]
    public void Gives_three_valid_graphs_with_their_own_accuracy()
    {
        List<Graph> measured = [];
        TrainedModels models = Run(graph =>
        {
            measured.Add(graph);
            return measured.Count / 4.0;
        });

        Graph[] graphs = [models.Float, models.Dynamic, models.Static];
        Assert.Equal([0.25, 0.5, 0.75], graphs.Select(g => g.FindMetric("accuracy")!.Value));
        Assert.All(graphs, g => Assert.Equal(("toy-mnist/test", 40), (g.Metrics[0].DataSet, g.Metrics[0].Count)));
        Assert.All(graphs, g => Assert.Equal("toy-linear", g.Name));
        Assert.All(graphs, g => Assert.Equal(s_data.ClassNames, g.Labels));
        Assert.All(graphs, g => Assert.Empty(GraphValidator.Validate(g)));
        Assert.Equal(TensorType.Float32, measured[0].Find("dense.weights").Type);
        Assert.True(((FullyConnected)measured[1].Operators[0]).IsHybrid);
        Assert.Contains("2 epochs, batch 32, learning rate 0.05", models.Float.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_image_has_codes_of_pixel_minus_128_whatever_was_seen()
    {
        Quantization image = Run(_ => 1).Static.Find("image").Quantization!;

        Assert.Equal((0.003921569f, -128), (image.Scale, image.ZeroPoint));
    }

    [Fact]
    public void The_same_seed_gives_the_same_files()
    {
        string directory = Directory.CreateTempSubdirectory().FullName;
        try
        {
            IReadOnlyList<string> first = Write(directory);
            string[] texts = [.. first.Select(File.ReadAllText)];
            IReadOnlyList<string> second = Write(directory);

            Assert.Equal(
                ["toy-linear.fp32.tqm", "toy-linear.dynamic.tqm", "toy-linear.int8.tqm", "toy-linear.golden.cs"],
                first.Select(Path.GetFileName));
            Assert.Equal(texts, second.Select(File.ReadAllText));
            Assert.Equal(4, Directory.GetFileSystemEntries(directory).Length);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static IReadOnlyList<string> Write(string directory)
    {
        TrainedModels models = Run(_ => 1);
        var answers = new GoldenModels
        {
            Float = _ => 0,
            Dynamic = _ => 1,
            Static = _ => 2,
            Int8Scores = _ => [1, 2, 3, 4]
        };
        return models.Write(directory, GoldenAnswers.Create(models.Float.Name, s_data.TestImages, answers));
    }

    private static TrainedModels Run(Func<Graph, double> evaluate) =>
        LinearRecipe.Run(s_data, s_options, evaluate, graph => new PlainRunner(graph));
}
