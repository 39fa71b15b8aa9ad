using TinyQuant.Tests;
using TinyQuant.Tool.Tests.Support;

namespace TinyQuant.Tool.Tests;

/// <summary>What the command line takes and refuses, before any work.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("train", "--epochs")]
    [InlineData("compare", "--json")]
    [InlineData("data", "--output")]
    [InlineData("train", "--data")]
    [InlineData("inspect", "--svg")]
    [InlineData("header", "--prefix")]
    [InlineData("report", "--html")]
    public async Task Every_command_has_help(string command, string option)
    {
        ProcessRun run = await Cli.RunAsync(command, "--help");

        Cli.AssertDone(run);
        Assert.Contains(option, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--help")]
    public async Task Help_names_the_commands(params string[] arguments)
    {
        ProcessRun run = await Cli.RunAsync(arguments);

        Cli.AssertDone(run);
        Assert.All(["train", "compare", "data", "inspect", "report"], c => Assert.Contains($"\n  {c} ", run.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nonsense", "nonsense")]
    [InlineData("--nonsense", "--nonsense")]
    [InlineData("--nonsense", "train", "--nonsense")]
    [InlineData("--nonsense", "compare", "--nonsense")]
    [InlineData("'0'", "train", "--epochs", "0")]
    [InlineData("'-3'", "train", "--epochs", "-3")]
    [InlineData("'many'", "train", "--epochs", "many")]
    [InlineData("'0'", "train", "--batch", "0")]
    [InlineData("'x'", "train", "--learning-rate", "x")]
    [InlineData("'0'", "train", "--learning-rate", "0")]
    [InlineData("'NaN'", "train", "--learning-rate", "NaN")]
    [InlineData("-1", "train", "--seed", "-1")]
    [InlineData("other-linear", "train", "other-linear")]
    [InlineData("'x'", "compare", "--differences", "x")]
    [InlineData("letters", "compare", "--data-set", "letters")]
    [InlineData("letters", "data", "--data-set", "letters", "--output", "/nope/out")]
    [InlineData("--output", "data", "--data-set", "strokes")]
    [InlineData("--epochs", "train", "--epochs")]
    [InlineData("inspect", "inspect")]
    [InlineData("--nonsense", "quantize", "--nonsense")]
    [InlineData("--nonsense", "verify", "--nonsense")]
    [InlineData("--nonsense", "report", "--nonsense")]
    [InlineData("report", "report")]
    public async Task A_wrong_argument_is_named(string named, params string[] arguments) =>
        Cli.AssertRefused(await Cli.RunAsync(arguments), named, "--help");

    [Theory]
    [InlineData("/nope", "train", "--data", "/nope")]
    [InlineData("/nope", "train", "mnist-linear", "--data", "/nope", "--offline")]
    [InlineData("/nope", "data", "--data", "/nope", "--output", "/nope/out")]
    [InlineData("/nope/mnist-linear.fp32.tqm", "compare", "--models", "/nope")]
    [InlineData("/nope/x.tqm", "inspect", "/nope/x.tqm")]
    [InlineData("/nope/x.tqm", "report", "/nope/x.tqm")]
    [InlineData("/nope/x.tqm", "quantize", "/nope/x.tqm")]
    public async Task A_missing_path_is_named(string named, params string[] arguments) =>
        Cli.AssertRefused(await Cli.RunAsync(arguments), named);

    [Fact]
    public async Task Data_that_cannot_be_had_says_what_to_do() =>
        Cli.AssertRefused(await Cli.RunAsync("train", "mnist-linear", "--offline"), "MNIST", "--data", "TINYQUANT_DATA");
}
