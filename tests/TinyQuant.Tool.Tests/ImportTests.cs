using TinyQuant.Import.Schema;
using TinyQuant.Import.Tests.Support;
using TinyQuant.Model;
using TinyQuant.Tests;
using TinyQuant.Tool.Tests.Support;
using TinyQuant.Training.Tests.Data;

namespace TinyQuant.Tool.Tests;

/// <summary><c>tinyquant import</c>.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Writes_a_model_named_after_the_file()
    {
        File.WriteAllBytes(_temp["tiny.tflite"], Models.Int8());

        ProcessRun run = await Cli.RunAsync("import", _temp["tiny.tflite"], "-o", _temp["out/tiny.tqm"], "--rounding", "single");

        Cli.AssertDone(run);
        Assert.Equal(["out/tiny.tqm", "tiny.tflite"], _temp.Files());
        Assert.All(["out/tiny.tqm", "1 operator,", "12 MACs", "24 bytes of constants"], part => Assert.Contains(part, run.Output, StringComparison.Ordinal));
        Graph graph = ModelReader.Read(File.ReadAllText(_temp["out/tiny.tqm"])).Graph!;
        Assert.Equal(("tiny", Rounding.Single), (graph.Name, graph.Rounding));
    }

    [Fact]
    public async Task Lists_everything_that_stands_against_a_model_and_writes_nothing()
    {
        var model = new FlatModel();
        int x = model.Int8("x", 1, 2);
        int y = model.Int8("y", 1, 2);
        int z = model.Int8("z", 1, 2);
        model.Operator(BuiltinOperator.RFFT2D, [x], [y]);
        model.Operator(BuiltinOperator.CUSTOM, [y], [z], custom: "MyOp");
        string file = _temp["odd.tflite"];
        File.WriteAllBytes(file, model.Build([x], [z]));

        ProcessRun run = await Cli.RunAsync("import", file, "-o", _temp["odd.tqm"]);

        Cli.AssertRefused(run, file + ": operator 0 (RFFT2D), tensor 'y' int8 [1,2]: ", file + ": operator 1 (MyOp), tensor 'z' int8 [1,2]: ");
        Assert.Equal(["odd.tflite"], _temp.Files());
    }

    [Fact]
    public async Task A_file_that_is_no_model_is_named()
    {
        File.WriteAllBytes(_temp["cut.tflite"], Models.Int8()[..100]);

        Cli.AssertRefused(await Cli.RunAsync("import", _temp["cut.tflite"], "-o", _temp["cut.tqm"]), _temp["cut.tflite"], "cut off");
        Cli.AssertRefused(await Cli.RunAsync("import", _temp["none.tflite"], "-o", _temp["cut.tqm"]), _temp["none.tflite"]);
        Cli.AssertRefused(await Cli.RunAsync("import", _temp["cut.tflite"], "-o", _temp.Path), _temp.Path, "is a directory");
    }
}
