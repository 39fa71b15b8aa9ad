using TinyQuant.Data;
using TinyQuant.Evaluation;
using TinyQuant.Model;
using TinyQuant.Training.Quantizers;
using TinyQuant.Training.Recipes;
using TinyQuant.Training.Tests.Support;

namespace TinyQuant.Training.Tests.Recipes;

/// <summary>The models in <c>weights/</c>: their accuracy is what the files say, and what was asked for.</summary>
public class CheckedInModelsTests
{
    private const double MostLost = 0.0010;

    [Theory]
    [InlineData("mnist-mlp", 0.982)]
    [InlineData("mnist-cnn", 0.993)]
    [InlineData("mnist-dscnn", 0.988)]
    [InlineData("fashion-cnn", 0.915)]
    public void Int8_reaches_what_was_asked_for_and_loses_little(string name, double least)
    {
        Graph int8 = Read($"{name}.int8.tqm");
        Assert.InRange(int8.FindMetric("accuracy")!.Value, least, 1);
        Assert.InRange(
            int8.FindMetric("accuracy")!.Value, Read($"{name}.fp32.tqm").FindMetric("accuracy")!.Value - MostLost, 1);
        Assert.Equal(
            ($"{NetworkRecipes.Find(name)!.DataSet}/test", 10_000), (int8.Metrics[0].DataSet, int8.Metrics[0].Count));
        if (name == "mnist-cnn")
        {
            Assert.InRange(int8.ConstantBytes, 1, 100 * 1024);
        }
    }

    [Fact]
    public void Int4_after_quantization_aware_training_is_near_float32_in_half_of_the_bytes()
    {
        Graph int4 = Read("mnist-cnn.int4.tqm");
        Assert.InRange(
            int4.FindMetric("accuracy")!.Value, Read("mnist-cnn.fp32.tqm").FindMetric("accuracy")!.Value - 0.003, 1);
        Assert.InRange(WeightBytes.Of(int4) / (double)WeightBytes.Of(Read("mnist-cnn.int8.tqm")), 0.25, 0.5);
        Assert.All(int4.Operators.Where(o => o is FullyConnected or Convolution),
            o => Assert.Equal(TensorType.Int4, o.Inputs[1].Type));
        Assert.Contains(int4.Notes, n => n.StartsWith("quantization-aware training", StringComparison.Ordinal));
    }

    [Fact]
    public void Int4_in_groups_takes_at_most_0_63_of_int8()
    {
        Graph real = Read("mnist-cnn.fp32.tqm");
        var ranges = new Calibration(real.Tensors.Select(t => KeyValuePair.Create(t.Name, new ValueRange(0, 1))));
        Graph groups = StaticQuantizer.Quantize(real, ranges, WeightFormat.Int4Groups);
        Assert.Equal(3, groups.Tensors.Count(t => t.Quantization is { GroupSize: Int4Data.GroupSize }));
        Assert.InRange(WeightBytes.Of(groups) / (double)WeightBytes.Of(Read("mnist-cnn.int8.tqm")), 0.5, 0.63);
    }

    [Fact]
    public void The_sensor_models_have_the_area_that_their_files_say()
    {
        VibrationData data = VibrationData.Create(new VibrationOptions());
        double[] areas = [.. new[] { "fp32", "int8" }.Select(kind =>
        {
            Graph graph = Read($"sensor-autoencoder.{kind}.tqm");
            float[] errors = [
                .. data.Test.Zip(RealOutputs.Of(graph, data.Test),
                    (a, b) => (float)a.Zip(b, (x, y) => ((double)x - y) * (x - y)).Average())];
            double area = RankStatistics.AreaUnderCurve(errors, data.IsFaulty);
            // sines and logarithms may differ between machines
            Assert.Equal(graph.FindMetric("auc")!.Value, area, 1e-4);
            return area;
        })];
        Assert.InRange(areas[1], Math.Max(0.95, areas[0] - 0.01), 1);
        Assert.InRange(RankStatistics.AreaUnderCurve(data.Loudness, data.IsFaulty), 0, 0.8);
    }

    [RealMnistFact]
    public Task The_accuracy_in_the_files_is_that_of_the_generated_code() =>
        HasTheAccuracyInTheFiles("mnist", models: 11);

    [RealFashionFact]
    public Task That_of_the_fashion_models_too() => HasTheAccuracyInTheFiles("fashion", models: 2);

    private static async Task HasTheAccuracyInTheFiles(string family, int models)
    {
        string[] paths = Directory.GetFiles(Repository.File("weights"), $"{family}-*.tqm");
        Assert.Equal(models, paths.Length);
        string dataSet = Read(Path.GetFileName(paths[0])).Metrics[0].DataSet.Split('/')[0];
        LabelledImages test =
            (await DataSetLoader.LoadAsync(dataSet, new DataSetOptions { AllowNetwork = false })).Data.TestImages;
        foreach (string path in paths.Order(StringComparer.Ordinal))
        {
            Graph graph = Read(Path.GetFileName(path));
            Assert.Equal((Path.GetFileName(path), graph.FindMetric("accuracy")!.Value),
                (Path.GetFileName(path), ModelAccuracy.Measure(graph, test)));
        }
    }

    private static Graph Read(string file) =>
        ModelReader.Read(File.ReadAllText(Repository.File("weights", file))).Graph!;
}
