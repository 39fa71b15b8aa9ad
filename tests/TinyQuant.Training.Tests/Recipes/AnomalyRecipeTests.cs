using TinyQuant.Data;
using TinyQuant.Evaluation;
using TinyQuant.Model;
using TinyQuant.Training.Recipes;

namespace TinyQuant.Training.Tests.Recipes;

public class AnomalyRecipeTests
{
    private static readonly VibrationOptions s_stream = new() { TrainWindows = 3000, TestWindows = 1000 };

    [Fact]
    public void Finds_faults_that_loudness_does_not_in_both_arithmetics()
    {
        GraphRunner? runner = null;
        AnomalyModels models = AnomalyRecipe.Run(
            VibrationData.Create(s_stream), AnomalyRecipe.Training with { Epochs = 40 }, RealOutputs.Of,
            graph => runner = new GraphRunner(graph));
        runner!.Dispose();

        double real = models.Float.Graph.FindMetric("auc")!.Value;
        Assert.InRange(real, 0.95, 1);
        Assert.InRange(models.Static.Graph.FindMetric("auc")!.Value, real - 0.01, 1);
        Assert.InRange(models.LoudnessArea, 0.4, 0.8);
        Assert.Empty(GraphValidator.Validate(models.Static.Graph));
        Assert.Equal(TensorType.Int8, models.Static.Graph.Outputs[0].Type);
    }

    [Fact]
    public void Interrupted_it_goes_on_to_the_same_models_and_card()
    {
        using var temp = new TempDirectory();
        var stream = new VibrationOptions { TrainWindows = 300, ValidationWindows = 200, TestWindows = 100 };
        TrainingOptions options = AnomalyRecipe.Training with { Epochs = 4 };
        AnomalyModels Run(CheckpointFile? checkpoint, IProgress<TrainingProgress>? progress = null,
            CancellationToken cancellation = default)
        {
            GraphRunner? runner = null;
            AnomalyModels models = AnomalyRecipe.Run(
                VibrationData.Create(stream), options, RealOutputs.Of, graph => runner = new GraphRunner(graph),
                progress, checkpoint, cancellation);
            runner!.Dispose();
            return models;
        }

        using var source = new CancellationTokenSource();
        var stop = new Reporter(p =>
        {
            if (p.Epoch == 3)
            {
                source.Cancel();
            }
        });
        var checkpoint = new CheckpointFile(temp["c"], Resume: true);

        Assert.Throws<OperationCanceledException>(() => Run(checkpoint, stop, source.Token));
        IReadOnlyList<string> resumed = Run(checkpoint).Write(temp["resumed"], [("Curve", "curve.png")]);
        IReadOnlyList<string> whole = Run(null).Write(temp["whole"], [("Curve", "curve.png")]);

        Assert.Equal(["sensor-autoencoder.fp32.tqm", "sensor-autoencoder.int8.tqm", "sensor-autoencoder.md"],
            whole.Select(Path.GetFileName));
        Assert.Equal(whole.Select(File.ReadAllText), resumed.Select(File.ReadAllText));
        string card = File.ReadAllText(whole[2]);
        Assert.All(["200 others to choose thresholds by", "50 of them with a fault",
            "| int8, quantized after training | 0.", "| 1.0 % |", "![Curve](curve.png)"],
            text => Assert.Contains(text, card, StringComparison.Ordinal));
    }

    [Fact]
    public void Thresholds_of_the_card_are_chosen_by_windows_that_do_not_measure_them()
    {
        using var temp = new TempDirectory();
        VibrationData data = VibrationData.Create(
            new VibrationOptions { TrainWindows = 30, ValidationWindows = 100, TestWindows = 40 });
        Assert.Equal((30, 100, 40), (data.Train.Count, data.Validation.Count, data.Test.Count));
        Assert.DoesNotContain(data.Validation, v => data.Train.Concat(data.Test).Any(v.SequenceEqual));
        AnomalyModels made = Make(data);

        // By the windows that choose, 5 of 100 are above 95; of the test windows 4 of 20 healthy ones and 11 of 20
        // faulty ones are.
        float[] others = [.. Enumerable.Range(1, 100).Select(i => (float)i)];
        float[] errors = [
            .. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? (i < 8 ? 96f : 95f) : (i < 22 ? 200f : 1f))];
        MeasuredDetector Measured(MeasuredDetector model) => model with { Errors = errors, ValidationErrors = others };
        string card = File.ReadAllText(
            (made with { Float = Measured(made.Float), Static = Measured(made.Static) }).Write(temp.Path, [])[2]);

        Assert.Contains("| 5.0 % | 95 | 20.0 % | 55.0 % | 55.0 % |", card, StringComparison.Ordinal);
    }

    private static AnomalyModels Make(VibrationData data)
    {
        GraphRunner? runner = null;
        AnomalyModels models = AnomalyRecipe.Run(
            data, AnomalyRecipe.Training with { Epochs = 1 }, RealOutputs.Of, graph => runner = new GraphRunner(graph));
        runner!.Dispose();
        return models;
    }

    private sealed class Reporter(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
