using TinyQuant.Data;
using TinyQuant.Training.Recipes;
using TinyQuant.Training.Tests.Support;

namespace TinyQuant.Training.Tests.Recipes;

/// <summary>What <c>train own</c> does with tables of a hundred lines, where nobody chose anything.</summary>
public sealed class SmallDataTests : IDisposable
{
    private const string Layers = "dense 16 relu; dense 3";

    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Few_examples_are_seen_often_enough_to_be_learned()
    {
        TrainedNetwork model = Train(Blobs.IrisLike());

        Assert.InRange(model.Float.Confusion.Accuracy, 0.9, 1);
        Assert.InRange(model.Int8.Confusion.Accuracy, 0.9, 1);
        Assert.Empty(TrainingWarnings.Of(model));
        model.Write(_temp.Path, []);
        Assert.DoesNotContain("What to know", File.ReadAllText(_temp["iris-like.md"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_very_different_size_are_learned_too_and_what_int8_loses_by_them_is_said()
    {
        TrainedNetwork model = Train(Blobs.WineLike());

        Assert.InRange(model.Float.Confusion.Accuracy, 0.9, 1);
        IReadOnlyList<string> warnings = TrainingWarnings.Of(model, "models");
        Assert.Contains(warnings,
            w =>
                w.Contains("value 13 goes from", StringComparison.Ordinal)
                    && w.Contains("of 13 values vary by less than 8 steps", StringComparison.Ordinal));
        Assert.InRange(model.Int8.Confusion.Accuracy, 0, model.Float.Confusion.Accuracy - 0.02);
        string file = Path.Combine("models", "wine-like");
        Assert.Contains(warnings, w => w.StartsWith("int8 loses ", StringComparison.Ordinal)
            && w.Contains($"'tinyquant quantize {file}.fp32.tqm --output {file}.int8.tqm'", StringComparison.Ordinal));
        model.Write(_temp.Path, []);
        string card = File.ReadAllText(_temp["wine-like.md"]);
        Assert.All(TrainingWarnings.Of(model), w => Assert.Contains($"\n- {w}\n", card, StringComparison.Ordinal));
    }

    [Fact]
    public void A_class_that_is_never_found_is_named_and_balancing_finds_it()
    {
        DataSet data = Blobs.WithRareClass();
        TrainedNetwork plain = Train(data, "dense 3");
        Assert.Equal(0, plain.Float.Confusion[2, 2]);
        Assert.Contains(TrainingWarnings.Of(plain), w => w.StartsWith("'class2' is never", StringComparison.Ordinal)
            && w.Contains("Only 12 of 492 training examples", StringComparison.Ordinal)
            && w.Contains("--balance", StringComparison.Ordinal));

        NetworkRecipe recipe = Recipe(data, "dense 3");
        TrainedNetwork balanced = Trained.Run(
            recipe with { Training = recipe.Training with { BalancesClasses = true } }, data);
        Assert.InRange(balanced.Float.Confusion.AccuracyOf(2), 0.3, 1);
        Assert.DoesNotContain(TrainingWarnings.Of(balanced), w => w.Contains("class2", StringComparison.Ordinal));
        balanced.Write(_temp.Path, []);
        Assert.Contains("classes balanced", File.ReadAllText(_temp["rare.md"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_learned_nothing_is_no_better_than_guessing()
    {
        DataSet data = Blobs.IrisLike();
        NetworkRecipe recipe = Recipe(data, Layers);
        TrainedNetwork model = Trained.Run(
            recipe with { Training = recipe.Training with { Schedule = NetworkRecipes.Rate(1e-12f, 0), Epochs = 2 } },
            data);

        Assert.Contains(TrainingWarnings.Of(model),
            w =>
                w.StartsWith("The model is no better than guessing: it finds 33.33 % of the test examples",
                    StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 0, 16, 2000, 0)] // nothing to hold out
    [InlineData(9, 0, 16, 2000, 0)]
    [InlineData(10, 2, 16, 2000, 500)]
    [InlineData(120, 24, 16, 334, 83)] // 96 examples are 6 steps
    [InlineData(500, 100, 16, 80, 20)] // 400 are 25
    [InlineData(1000, 100, 32, 69, 17)]
    [InlineData(2000, 200, 64, 69, 17)]
    [InlineData(10_000, 1000, 128, 29, 7)]
    [InlineData(60_000, 5000, 128, 20, 5)]
    [InlineData(1_000_000, 5000, 128, 20, 5)]
    public void Steps_follow_the_number_of_examples(int examples, int heldOut, int batch, int epochs, int patience)
    {
        TrainingOptions options = TrainingPlan.Fit(new TrainingOptions(), examples);
        Assert.Equal((heldOut, batch, epochs, patience),
            (options.ValidationExamples, options.BatchSize, options.Epochs, options.Patience));
        int steps = ((examples - heldOut + batch - 1) / batch) * epochs;
        Assert.True(steps >= TrainingPlan.LeastSteps, $"{steps} steps");
    }

    [Fact]
    public void What_is_given_is_kept()
    {
        TrainingOptions options = TrainingPlan.Fit(new TrainingOptions { Seed = 5 }, 120, batchSize: 7, epochs: 3);
        Assert.Equal((5ul, 24, 7, 3, 0),
            (options.Seed, options.ValidationExamples, options.BatchSize, options.Epochs, options.Patience));
        Assert.Equal(143, TrainingPlan.Fit(options, 120, batchSize: 7).Epochs); // 96 examples are 14 steps
        Assert.Throws<ArgumentOutOfRangeException>(() => TrainingPlan.Fit(options, 0));
    }

    [Theory]
    [InlineData(false, new double[] { 1.0 })]
    [InlineData(true, new double[] { 1.0, 0.8 })]
    [InlineData(false, new double[] { 1.0, 0.95 })]
    [InlineData(true, new double[] { 9, 8, 7, 6, 5, 4, 3, 2, 1, 0.5 })]
    [InlineData(false, new double[] { 9, 5, 3, 2, 1, 1, 0.9, 0.9, 0.88, 0.87 })]
    [InlineData(false, new double[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })]
    public void A_loss_that_still_falls_is_seen(bool falls, double[] losses)
    {
        EpochResult[] History(Func<double, double> heldOut) =>
            [.. losses.Select((l, i) => new EpochResult(i + 1, l, 0.5, heldOut(l), 0.5))];
        Assert.Equal(falls, TrainingWarnings.IsStillFalling(History(l => l)));
        Assert.Equal(falls, TrainingWarnings.IsStillFalling(History(_ => double.NaN)));
        // learned by heart: more of it does not help
        Assert.False(TrainingWarnings.IsStillFalling(History(l => 1 + (1 / l))));
    }

    private static TrainedNetwork Train(DataSet data, string layers = Layers) =>
        Trained.Run(Recipe(data, layers), data);

    private static NetworkRecipe Recipe(DataSet data, string layers)
    {
        NetworkRecipe recipe = NetworkRecipes.Recipe(data.Name, data.Name, layers, epochs: 1, augmentation: null);
        return recipe with { Training = TrainingPlan.Fit(recipe.Training, data.Train.Count) };
    }
}
