using TinyQuant.Tests;
using TinyQuant.Tool.Tests.Support;

namespace TinyQuant.Tool.Tests;

/// <summary><c>tinyquant header</c>. What is in the files is tested in TinyQuant.Export.Tests.</summary>
public sealed class HeaderTests : IDisposable
{
    private static readonly string s_model = Repository.File("weights", "mnist-cnn.int8.tqm");

    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Writes_the_header_of_the_sample()
    {
        ProcessRun run = await Cli.RunAsync(
            "header", s_model, "--prefix", "tinyquant_mnist", "-o", _temp["out/mnist.h"]);

        Cli.AssertDone(run);
        Assert.Equal(File.ReadAllText(Repository.File("samples", "CLibrary", "tinyquant_mnist.h")),
            File.ReadAllText(_temp["out/mnist.h"]));
    }

    [Fact]
    public async Task Says_what_is_wrong_and_writes_nothing()
    {
        Cli.AssertRefused(
            await Cli.RunAsync("header", s_model, "--prefix", "Not C", "-o", _temp["a.h"]), "'Not C'", "lower-case");
        Cli.AssertRefused(await Cli.RunAsync("header", _temp["none.tqm"], "-o", _temp["a.h"]), _temp["none.tqm"]);
        Cli.AssertRefused(await Cli.RunAsync("header", s_model, "-o", _temp.Path), "is a directory");
        Cli.AssertRefused(await Cli.RunAsync("header", s_model), "--output");
        Assert.Empty(_temp.Files());
    }
}
