using TinyQuant.Import.Tests.Support;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Model;
using TinyQuant.Tests;
using TinyQuant.Tool.Tests.Support;

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

        ProcessRun run = await Cli.RunAsync(
            "import", _temp["tiny.tflite"], "-o", _temp["out/tiny.tqm"], "--rounding", "single");

        Cli.AssertDone(run);
        Assert.Equal(["out/tiny.tqm", "tiny.tflite"], _temp.Files());
        Assert.All(["out/tiny.tqm", "1 operator,", "12 MACs", "24 bytes of constants"],
            part => Assert.Contains(part, run.Output, StringComparison.Ordinal));
        Graph graph = ModelReader.Read(File.ReadAllText(_temp["out/tiny.tqm"])).Graph!;
        Assert.Equal(("tiny", Rounding.Single), (graph.Name, graph.Rounding));
    }

    /// <summary>Where dimensions are open, the commands that take the file say so, and take their sizes.</summary>
    [Theory]
    [InlineData("import", "-o", "open.tqm")]
    [InlineData("inspect")]
    public async Task Takes_the_shape_of_an_input(string command, params string[] more)
    {
        var model = new FlatModel();
        int x = model.Tensor("x", TfliteType.Float32, [1, 1, 3], signature: [-1, -1, 3]);
        int y = model.Tensor("y", TfliteType.Float32, [1, 1, 3], signature: [-1, -1, 3]);
        model.Operator(BuiltinOperator.RELU, [x], [y]);
        File.WriteAllBytes(_temp["open.tflite"], model.Build([x], [y]));
        string[] words = [command, _temp["open.tflite"], .. more.Select(w => w[0] == '-' ? w : _temp[w])];

        Cli.AssertRefused(await Cli.RunAsync(words), "--shape x=1xSIZEx3");
        Cli.AssertRefused(
            await Cli.RunAsync([.. words, "--shape", "x=1xtwo"]), "--shape 'x=1xtwo' makes no sense; expected NAME=SIZExSIZE");
        Cli.AssertRefused(await Cli.RunAsync([.. words, "--shape", "z=1x2x3"]), "it has no input 'z'");
        Cli.AssertDone(await Cli.RunAsync([.. words, "--shape", "x=1x7x3"]));
    }

    /// <summary>An option that would have no effect is a mistake of the user's.</summary>
    [Theory]
    [InlineData("tiny.tflite", "--dim", "batch=1", "--dim is for .onnx files")]
    [InlineData("tiny.tflite", "--layout", "nhwc", "--layout is for .onnx files")]
    [InlineData("tiny.tqm", "--shape", "x=1x4", "--shape is for .tflite and .onnx files")]
    public async Task Refuses_what_another_format_leaves_open(string file, string option, string value, string message)
    {
        File.WriteAllBytes(_temp["tiny.tflite"], Models.Int8());
        Cli.AssertDone(await Cli.RunAsync("import", _temp["tiny.tflite"], "-o", _temp["tiny.tqm"]));

        Cli.AssertRefused(await Cli.RunAsync("inspect", _temp[file], option, value), message);
    }

    /// <summary>What is exported as ONNX comes back with the same weights.</summary>
    [Fact]
    public async Task Imports_what_export_writes()
    {
        string model = Repository.File("weights", "mnist-mlp.fp32.tqm");
        Cli.AssertDone(await Cli.RunAsync("export", model, "--onnx", _temp["mlp.onnx"]));
        Cli.AssertDone(await Cli.RunAsync("import", _temp["mlp.onnx"], "-o", _temp["mlp.tqm"]));

        Graph exported = ModelReader.Read(File.ReadAllText(model)).Graph!;
        Graph imported = ModelReader.Read(File.ReadAllText(_temp["mlp.tqm"])).Graph!;
        Assert.Equal(exported.Operators.Select(o => o.Kind), imported.Operators.Select(o => o.Kind));
        Assert.Equal(Constants(exported), Constants(imported));

        static IEnumerable<byte[]> Constants(Graph graph) =>
            graph.Operators.SelectMany(o => o.Inputs).Where(t => t.IsConstant).Select(t => t.Data!.Value.ToArray());
    }

    /// <summary>Where a file has several models in it, the screen shows which one was taken, and how to take another.
    /// </summary>
    [Theory]
    [InlineData(true, "signature 'encode' of 'decode', 'encode'")]
    [InlineData(false, "the first subgraph, which is none of the file's signatures 'decode'")]
    public async Task Shows_the_signature_that_it_takes_and_how_to_choose(bool hasTwo, string shown)
    {
        var model = new FlatModel();
        int a = model.Int8("a", 1, 2), b = model.Int8("b", 1, 2);
        model.Operator(BuiltinOperator.ABS, [a], [b]);
        model.Signature("decode", model.EndSubgraph([a], [b]));
        if (hasTwo)
        {
            model.Signature("encode", 0);
        }

        int x = model.Int8("x", 1, 2), y = model.Int8("y", 1, 2);
        model.Operator(BuiltinOperator.RELU, [x], [y]);
        File.WriteAllBytes(_temp["two.tflite"], model.Build([x], [y]));

        ProcessRun first = await Cli.RunAsync("inspect", _temp["two.tflite"]);
        ProcessRun other = await Cli.RunAsync("inspect", _temp["two.tflite"], "--signature", "decode");

        Assert.Equal(0, first.ExitCode);
        Assert.Contains($"{shown}; import, inspect and verify take another one by --signature NAME",
            string.Join(" ", first.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
        Cli.AssertDone(other);
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

        Cli.AssertRefused(run, file + ": operator 0 (RFFT2D), tensor 'y' int8 [1,2]: ",
            file + ": operator 1 (MyOp), tensor 'z' int8 [1,2]: ");
        Assert.Equal(["odd.tflite"], _temp.Files());
    }

    [Fact]
    public async Task Weights_that_are_not_finite_are_a_warning()
    {
        var model = new FlatModel();
        int x = model.Tensor("x", TfliteType.Float32, [1, 2]);
        int w = model.Tensor("w", TfliteType.Float32, [1, 2], data: [0, 0, 0x80, 0x3F, 0, 0, 0xC0, 0x7F]); // 1 and NaN
        int y = model.Tensor("y", TfliteType.Float32, [1, 1]);
        model.Operator(BuiltinOperator.FULLY_CONNECTED, [x, w, -1], [y], optionsType: 8);
        File.WriteAllBytes(_temp["failed.tflite"], model.Build([x], [y]));

        ProcessRun run = await Cli.RunAsync("import", _temp["failed.tflite"], "-o", _temp["failed.tqm"]);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith(
            "tinyquant: warning: Constant 'w' [1,2] holds 1 of 2 values that are not finite (1 NaN, 0 infinite)",
            run.Error, StringComparison.Ordinal);
        Assert.Contains("failed.tqm", _temp.Files());
    }

    [Fact]
    public async Task A_file_that_is_no_model_is_named()
    {
        File.WriteAllBytes(_temp["cut.tflite"], Models.Int8()[..100]);

        Cli.AssertRefused(
            await Cli.RunAsync("import", _temp["cut.tflite"], "-o", _temp["cut.tqm"]), _temp["cut.tflite"], "cut off");
        Cli.AssertRefused(
            await Cli.RunAsync("import", _temp["none.tflite"], "-o", _temp["cut.tqm"]), _temp["none.tflite"]);
        Cli.AssertRefused(
            await Cli.RunAsync("import", _temp["cut.tflite"], "-o", _temp.Path), _temp.Path, "is a directory");
    }
}
