using TinyQuant.Data;
using TinyQuant.Evaluation;
using TinyQuant.Model;
using TinyQuant.Training.Quantizers;
using TinyQuant.Training.Recipes;
using TinyQuant.Training.Tests.Support;

namespace TinyQuant.Training.Tests.Recipes;

public sealed class RecipeRunnerTests : IDisposable
{
    private static readonly DataSet s_data = Pictures.DataSet();

    private static readonly NetworkRecipe s_recipe = Small(
        NetworkRecipes.Recipe(
            "bars", "bars", "conv 6 3x3 bn relu; maxpool 2; dwconv 3x3 bn relu; globalpool; dense 3", 12, null));

    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Makes_measured_models_and_a_card()
    {
        NetworkRecipe recipe = s_recipe.WithQuantizationAware(2);
        List<string> stages = [];
        TrainedNetwork model = Run(recipe, services => services with { Stage = stages.Add });

        Assert.InRange(model.Float.Confusion.Accuracy, 0.9, 1);
        Assert.InRange(model.Int8.Confusion.Accuracy, model.Float.Confusion.Accuracy - 0.05, 1);
        Assert.Same(model.Aware, model.Int8);
        Assert.Equal(["Quantizing and measuring", "Measuring"], stages);
        Assert.Equal((12, 2), (model.History.Count, model.AwareHistory.Count));
        Assert.Equal(ModelAccuracy.Measure(model.Int8.Graph, s_data.Test), model.Int8.Graph.Metrics[0].Value);
        Assert.Equal(("bars/test", 60), (model.Float.Graph.Metrics[0].DataSet, model.Float.Graph.Metrics[0].Count));
        Assert.Contains(model.Int8.Graph.Notes,
            n => n.StartsWith("quantization-aware training, 2 epochs", StringComparison.Ordinal));

        model.Write(_temp.Path, [("Confusion", "bars.confusion.png")]);
        Assert.Equal(["bars.fp32.tqm", "bars.int8.tqm", "bars.md"], _temp.Files());
        Assert.Empty(GraphValidator.Validate(ModelReader.Read(File.ReadAllText(_temp["bars.int8.tqm"])).Graph!));
        string card = File.ReadAllText(_temp["bars.md"]);
        Assert.Contains("| stands | 20 |", card, StringComparison.Ordinal);
        Assert.Contains("conv 6 3x3 bn relu; maxpool 2", card, StringComparison.Ordinal);
        Assert.Contains("int8, after quantization-aware training", card, StringComparison.Ordinal);
        Assert.Contains("![Confusion](bars.confusion.png)", card, StringComparison.Ordinal);
    }

    [Fact]
    public void With_4_bits_there_is_an_int4_model_beside_the_int8_one()
    {
        NetworkRecipe recipe = (s_recipe with { Weights = WeightFormat.Int4 }).WithQuantizationAware(2);
        TrainedNetwork model = Run(recipe, s => s);

        Assert.Same(model.PostTraining, model.Int8);
        Assert.Same(model.Aware, model.Int4);
        Assert.InRange(model.Int4!.Confusion.Accuracy, model.Float.Confusion.Accuracy - 0.05, 1);
        Assert.InRange(WeightBytes.Of(model.Int4.Graph), 1, WeightBytes.Of(model.Int8.Graph) / 2);
        model.Write(_temp.Path, []);
        Assert.Equal(["bars.fp32.tqm", "bars.int4.tqm", "bars.int8.tqm", "bars.md"], _temp.Files());
        string card = File.ReadAllText(_temp["bars.md"]);
        Assert.Contains("| int4 per channel, quantized after training |", card, StringComparison.Ordinal);
        Assert.Contains("| int4 per channel, after quantization-aware training |", card, StringComparison.Ordinal);
    }

    [Fact]
    public void Interrupted_in_either_stage_it_goes_on_to_the_same_models()
    {
        NetworkRecipe recipe = s_recipe.WithQuantizationAware(2);
        TrainedNetwork whole = Run(recipe, s => s);
        foreach (string stage in new[] { "Training", "Quantization-aware" })
        {
            using var source = new CancellationTokenSource();
            RecipeServices Interrupted(RecipeServices services) => services with
            {
                Checkpoint = s => new CheckpointFile(_temp[s], Resume: true),
                Progress = (name, p) =>
                {
                    if (name == stage && p.Epoch == 2)
                    {
                        source.Cancel();
                    }
                },
            };
            Assert.Throws<OperationCanceledException>(() => Run(recipe, Interrupted, source.Token));
            TrainedNetwork resumed = Run(
                recipe, s => s with { Checkpoint = name => new CheckpointFile(_temp[name], Resume: true) });

            Assert.Equal(ModelWriter.Write(whole.Int8.Graph), ModelWriter.Write(resumed.Int8.Graph));
            Assert.Equal(ModelWriter.Write(whole.Float.Graph), ModelWriter.Write(resumed.Float.Graph));
            foreach (string file in _temp.Files())
            {
                File.Delete(_temp[file]);
            }
        }
    }

    [Fact]
    public void A_network_with_other_classes_than_the_data_is_an_error()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            Run(s_recipe with { Layers = "dense 4" }, s => s));

        Assert.Contains("gives 4 values; bars has 3 classes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_networks_keep_their_limits()
    {
        foreach (NetworkRecipe recipe in NetworkRecipes.All)
        {
            var builder = new TinyQuant.Training.Layers.NetworkBuilder(new(28, 28, 1));
            int parameters = TinyQuant.Training.Layers.NetworkText.Build(recipe.Layers, builder)
                .Build(1).ParameterCount;
            int limit = recipe.Name.EndsWith("dscnn", StringComparison.Ordinal) ? 9_999 : 120_000;
            Assert.InRange(parameters, 1, recipe.Name == "mnist-cnn" ? 100_000 : limit);
        }
    }

    private static TrainedNetwork Run(
        NetworkRecipe recipe, Func<RecipeServices, RecipeServices> change, CancellationToken cancellation = default) =>
        Trained.Run(recipe, s_data, change, cancellation);

    private static NetworkRecipe Small(NetworkRecipe recipe) =>
        recipe with { Training = recipe.Training with { BatchSize = 16, ValidationExamples = 40 } };
}
