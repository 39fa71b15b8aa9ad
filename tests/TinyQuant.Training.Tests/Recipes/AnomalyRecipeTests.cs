using TinyQuant.Evaluation;
using TinyQuant.Model;
using TinyQuant.Training.Data;
using TinyQuant.Training.Recipes;
using TinyQuant.Training.Tests.Data;

namespace TinyQuant.Training.Tests.Recipes;

public class AnomalyRecipeTests
{
    private static readonly VibrationOptions s_stream = new() { TrainWindows = 3000, TestWindows = 1000 };

    [Fact]
    public void Finds_faults_that_loudness_does_not_in_both_arithmetics()
    {
        GraphRunner? runner = null;
        AnomalyModels models = AnomalyRecipe.Run(
            VibrationData.Create(s_stream), AnomalyRecipe.Training with { Epochs = 40 }, RealOutputs.Of, graph => runner = new GraphRunner(graph));
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
        AnomalyModels Run(CheckpointFile? checkpoint, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
        {
            GraphRunner? runner = null;
            AnomalyModels models = AnomalyRecipe.Run(
                VibrationData.Create(stream), options, RealOutputs.Of, graph => runner = new GraphRunner(graph), progress, checkpoint, cancellation);
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

        Assert.Equal(["sensor-autoencoder.fp32.tqm", "sensor-autoencoder.int8.tqm", "sensor-autoencoder.md"], whole.Select(Path.GetFileName));
        Assert.Equal(whole.Select(File.ReadAllText), resumed.Select(File.ReadAllText));
        string card = File.ReadAllText(whole[2]);
        Assert.All(["200 others to choose thresholds by", "50 of them with a fault", "| int8, quantized after training | 0.", "| 1.0 % |", "![Curve](curve.png)"], text => Assert.Contains(text, card, StringComparison.Ordinal));
    }

    [Fact]
    public void The_seed_decides_the_stream_and_severity_matters()
    {
        var options = new VibrationOptions { TrainWindows = 20, TestWindows = 20 };
        VibrationData data = VibrationData.Create(options);

        Assert.Equal(data.Train, VibrationData.Create(options).Train);
        Assert.NotEqual(data.Train[0], VibrationData.Create(options with { Seed = 2 }).Train[0]);
        VibrationData louder = VibrationData.Create(options with { Severity = 3 });
        Assert.Equal(data.Test[0], louder.Test[0]);
        Assert.NotEqual(data.Test[1], louder.Test[1]);
        Assert.All(data.Test.Concat(data.Train), s => Assert.All(s, v => Assert.InRange(v, 0, 1)));
        Assert.Equal(10, data.IsFaulty.Count(f => f));
    }

    [Fact]
    public void The_area_is_the_part_of_pairs_in_the_right_order()
    {
        var random = new Pcg32(4);
        float[] scores = [.. Enumerable.Range(0, 60).Select(_ => (float)random.NextBelow(12))];
        bool[] positive = [.. Enumerable.Range(0, 60).Select(_ => random.NextBelow(3) == 0)];
        double right = 0;
        double pairs = 0;
        for (int i = 0; i < 60; i++)
        {
            for (int j = 0; j < 60; j++)
            {
                if (positive[i] && !positive[j])
                {
                    pairs++;
                    right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }

        Assert.Equal(right / pairs, RankStatistics.AreaUnderCurve(scores, positive), 1e-12);
        Assert.Throws<ArgumentException>(() => RankStatistics.AreaUnderCurve([1, 2], [true, true]));
    }

    [Fact]
    public void A_threshold_takes_no_more_false_alarms_than_allowed()
    {
        float[] scores = [1, 2, 3, 4, 5, 6, 7, 8];
        bool[] positive = [false, false, true, false, true, false, true, true];

        Assert.Equal((0.5, 6f), RankStatistics.Sensitivity(scores, positive, 0));
        Assert.Equal((0.75, 4f), RankStatistics.Sensitivity(scores, positive, 0.25));
        Assert.Equal(1, RankStatistics.Sensitivity(scores, positive, 1).Found);
        Assert.Throws<ArgumentException>(() => RankStatistics.Sensitivity([1, 2], [true, true], 0.1));
        Assert.Equal([4f, 4, 2, 0], new[] { 0, 0.24, 0.5, 1 }.Select(f => RankStatistics.Threshold([3, 1, 4, 2], f)));
        Assert.Throws<ArgumentException>(() => RankStatistics.Threshold([], 0.1));
    }

    [Fact]
    public void Thresholds_of_the_card_are_chosen_by_windows_that_do_not_measure_them()
    {
        using var temp = new TempDirectory();
        VibrationData data = VibrationData.Create(new VibrationOptions { TrainWindows = 30, ValidationWindows = 100, TestWindows = 40 });
        Assert.Equal((30, 100, 40), (data.Train.Count, data.Validation.Count, data.Test.Count));
        Assert.DoesNotContain(data.Validation, v => data.Train.Concat(data.Test).Any(v.SequenceEqual));
        AnomalyModels made = Make(data);

        // By the windows that choose, 5 of 100 are above 95; of the test windows 4 of 20 healthy ones and 11 of 20 faulty ones are.
        float[] others = [.. Enumerable.Range(1, 100).Select(i => (float)i)];
        float[] errors = [.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? (i < 8 ? 96f : 95f) : (i < 22 ? 200f : 1f))];
        MeasuredDetector Measured(MeasuredDetector model) => model with { Errors = errors, ValidationErrors = others };
        string card = File.ReadAllText((made with { Float = Measured(made.Float), Static = Measured(made.Static) }).Write(temp.Path, [])[2]);

        Assert.Contains("| 5.0 % | 95 | 20.0 % | 55.0 % | 55.0 % |", card, StringComparison.Ordinal);
    }

    private static AnomalyModels Make(VibrationData data)
    {
        GraphRunner? runner = null;
        AnomalyModels models = AnomalyRecipe.Run(data, AnomalyRecipe.Training with { Epochs = 1 }, RealOutputs.Of, graph => runner = new GraphRunner(graph));
        runner!.Dispose();
        return models;
    }

    [Fact]
    public void The_curve_goes_from_nothing_to_all_and_has_the_area()
    {
        float[] scores = [3, 1, 2, 2, 5, 2];
        bool[] positive = [true, false, true, false, true, false];
        IReadOnlyList<(double FalseAlarms, double Found)> curve = RankStatistics.Curve(scores, positive);

        Assert.Equal((0, 0), curve[0]);
        Assert.Equal((1, 1), curve[^1]);
        double area = curve.Zip(curve.Skip(1), (a, b) => (b.FalseAlarms - a.FalseAlarms) * (a.Found + b.Found) / 2).Sum();
        Assert.Equal(RankStatistics.AreaUnderCurve(scores, positive), area, 1e-12);
    }

    private sealed class Reporter(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
