using System.Xml.Linq;
using TinyQuant.Tests;
using TinyQuant.Tool.Tests.Support;

namespace TinyQuant.Tool.Tests;

/// <summary><c>tinyquant inspect</c>.</summary>
public sealed class InspectTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("fp32")]
    [InlineData("dynamic")]
    [InlineData("int8")]
    public async Task Shows_a_model_and_draws_it(string kind)
    {
        ProcessRun run = await Cli.RunAsync(
            "inspect", Repository.File("weights", $"mnist-linear.{kind}.tqm"), "--svg", _temp["arena.svg"]);

        Cli.AssertDone(run);
        Assert.Contains("FullyConnected", run.Output, StringComparison.Ordinal);
        Assert.Contains("mnist-linear", run.Output, StringComparison.Ordinal);
        Assert.Equal("svg", XDocument.Load(_temp["arena.svg"]).Root!.Name.LocalName);
    }

    [Fact]
    public async Task A_name_that_is_long_is_shown_by_its_ends()
    {
        string text = File.ReadAllText(Repository.File("weights", "mnist-linear.int8.tqm"));
        string name = "functional_1/" + string.Join(';', Enumerable.Repeat("conv2d/BiasAdd", 20)) + "/Last";
        File.WriteAllText(_temp["m.tqm"], text.Replace("tensor image", "tensor " + name, StringComparison.Ordinal)
            .Replace("input image", "input " + name, StringComparison.Ordinal)
            .Replace("FullyConnected image", "FullyConnected " + name, StringComparison.Ordinal));

        ProcessRun run = await Cli.RunAsync("inspect", _temp["m.tqm"]);

        Cli.AssertDone(run);
        Assert.Contains("│ function…sAdd/Last int8 [1,784]", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_that_are_not_finite_are_a_warning()
    {
        File.WriteAllText(_temp["m.tqm"], """
            tinyquant-model 1
            name failed
            tensor x float32 [1,2]
            tensor w float32 [2,2] data
              AACAPwAAwH8AAIB/AACAQA==
            tensor y float32 [1,2]
            input x
            output y
            op FullyConnected x w -> y
            """);

        ProcessRun run = await Cli.RunAsync("inspect", _temp["m.tqm"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("FullyConnected", run.Output, StringComparison.Ordinal);
        Assert.StartsWith(
            "tinyquant: warning: Constant 'w' [2,2] holds 2 of 4 values that are not finite (1 NaN, 1 infinite)",
            run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_malformed_model_is_told_with_its_position()
    {
        File.WriteAllText(_temp["m.tqm"], "tinyquant-model 1\nname x\ntensor image int7 [1,4]\n");

        Cli.AssertRefused(await Cli.RunAsync("inspect", _temp["m.tqm"]), _temp["m.tqm"] + "(3,");
    }
}
