using TinyQuant.Evaluation;
using TinyQuant.Model;
using TinyQuant.Training.Data;
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
            VibrationData.Create(s_stream), AnomalyRecipe.Training with { Epochs = 40 }, RealOutputs.Of, graph => runner = new GraphRunner(graph));
        runner!.Dispose();

        double real = models.Float.FindMetric("auc")!.Value;
        Assert.InRange(real, 0.95, 1);
        Assert.InRange(models.Static.FindMetric("auc")!.Value, real - 0.01, 1);
        Assert.InRange(models.LoudnessArea, 0.4, 0.8);
        Assert.Empty(GraphValidator.Validate(models.Static));
        Assert.Equal(TensorType.Int8, models.Static.Outputs[0].Type);
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
}
