namespace TinyQuant.Generator.Tests;

/// <summary>Budgets: an error with the figure and the operator that costs most, at the attribute.</summary>
public class BudgetTests
{
    [Theory]
    [InlineData("MaxWeightBytes = 20",
        "MaxWeightBytes = 20: it bakes 64 bytes; most of them by operator 0, FullyConnected to 'scores', with 24 "
            + "bytes of constants")]
    [InlineData("MaxArenaBytes = 8",
        "MaxArenaBytes = 8: it needs an arena of 24 bytes; most of it for operator 0, FullyConnected to 'scores', "
            + "with 16 live bytes")]
    [InlineData("MaxMacs = 5",
        "MaxMacs = 5: it takes 12 multiply-accumulates; most of them in operator 0, FullyConnected to 'scores', with "
            + "12 MACs")]
    [InlineData("MinAccuracy = 0.95", "MinAccuracy = 0.95: it records an accuracy of 0.9")]
    public void TQ009_budget_exceeded(string budget, string expected)
    {
        GeneratorRun run = GeneratorRun.Of(Samples.Program($"\"tiny.tqm\", {budget}"), ("tiny.tqm", Samples.Int8));
        Assert.Equal(["TQ009 Program.cs(3,39): Model 'tiny' exceeds " + expected], run.Diagnostics);
    }

    [Fact]
    public void Budgets_that_are_met_say_nothing() => Assert.Empty(GeneratorRun.Of(
        Samples.Program("\"tiny.tqm\", MaxWeightBytes = 64, MaxArenaBytes = 24, MaxMacs = 12, MinAccuracy = 0.9"),
        ("tiny.tqm", Samples.Int8)).Diagnostics);

    [Theory]
    [InlineData("MaxWeightBytes = -1", "MaxWeightBytes = -1 is no budget; expected a number above 0, or none")]
    [InlineData("MaxArenaBytes = -1", "MaxArenaBytes = -1 is no budget; expected a number above 0, or none")]
    [InlineData("MaxMacs = -5000", "MaxMacs = -5,000 is no budget; expected a number above 0, or none")]
    [InlineData("MinAccuracy = -0.5", "MinAccuracy = -0.5 is no budget; expected a fraction from 0 to 1, such as 0.92")]
    [InlineData("MinAccuracy = 92", "MinAccuracy = 92 is no budget; expected a fraction from 0 to 1, such as 0.92")]
    [InlineData("MinAccuracy = double.NaN",
        "MinAccuracy = NaN is no budget; expected a fraction from 0 to 1, such as 0.92")]
    public void TQ019_a_budget_that_cannot_be_meant(string budget, string expected)
    {
        GeneratorRun run = GeneratorRun.Of(Samples.Program($"\"tiny.tqm\", {budget}"), ("tiny.tqm", Samples.Int8));
        Assert.Equal(["TQ019 Program.cs(3,39): " + expected], run.Diagnostics);
    }

    [Fact]
    public void TQ012_accuracy_that_was_never_measured() => Assert.Equal(
        ["TQ012 Program.cs(3,39): MinAccuracy = 0.5 cannot be checked: model 'tiny-float' records no metric "
            + "'accuracy'"],
        GeneratorRun.Of(Samples.Program("\"tiny.tqm\", MinAccuracy = 0.5"), ("tiny.tqm", Samples.Float32)).Diagnostics);
}
