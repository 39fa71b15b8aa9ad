using TinyQuant.Tests;
using TinyQuant.Tool.Commands;
using TinyQuant.Tool.Tests.Support;

namespace TinyQuant.Tool.Tests;

/// <summary>
/// <c>tinyquant size</c>, without publishing: what it refuses before the work, and what it calls the models.
/// </summary>
public sealed class SizeTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Wrong_input_is_refused_before_anything_is_published()
    {
        File.WriteAllText(_temp["m.tqm"], "tinyquant-model 1\nname x\ntensor image int7 [1,4]\n");

        Cli.AssertRefused(await Cli.RunAsync("size", _temp["no.tqm"]), _temp["no.tqm"]);
        Cli.AssertRefused(await Cli.RunAsync("size", _temp["m.tqm"]), _temp["m.tqm"] + "(3,");
        Cli.AssertRefused(await Cli.RunAsync("size", "--rid", "win-x64"), "win-x64", "linux-arm64");
        Cli.AssertRefused(await Cli.RunAsync("size", "--output", _temp["size.txt"]), "size.txt", ".md");
        Cli.AssertRefused(await Cli.RunAsync("size", "--check", _temp["no.md"]), "no.md");
    }

    [Theory]
    [InlineData("w/a.fp32.tqm w/a.int8.tqm", "fp32 int8")]
    [InlineData("w/a.int8.tqm", "a.int8")]
    [InlineData("w/a.int8.tqm w/b.int8.tqm", "a.int8 b.int8")]
    [InlineData("w/a.tqm w/a.int8.tqm", "a a.int8")]
    [InlineData("v/a.tqm w/a.tqm", "v/a.tqm w/a.tqm")]
    public void Models_have_names_that_tell_them_apart(string files, string names) =>
        Assert.Equal(names.Split(' '), SizedModels.Names(files.Split(' ')));

    [Fact]
    public void Without_models_it_takes_the_repository_s() =>
        Assert.Equal(["fp32", "dynamic", "int8", "int4"], SizedModels.Load([]).Select(m => m.Name));
}
