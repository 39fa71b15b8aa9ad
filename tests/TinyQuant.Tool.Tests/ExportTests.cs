using TinyQuant.Import.Tests.Support;
using TinyQuant.Tests;
using TinyQuant.Tool.Tests.Support;

namespace TinyQuant.Tool.Tests;

/// <summary>
/// <c>tinyquant export</c>. What is in the files is tested with ONNX Runtime, in TinyQuant.Export.Tests.
/// </summary>
public sealed class ExportTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Writes_a_model_of_either_format()
    {
        File.WriteAllBytes(_temp["tiny.tflite"], Models.Int8());

        ProcessRun imported = await Cli.RunAsync("export", _temp["tiny.tflite"], "--onnx", _temp["out/tiny.onnx"]);
        ProcessRun shipped = await Cli.RunAsync(
            "export", Repository.File("weights", "mnist-linear.int8.tqm"), "--onnx", _temp["out/mnist.onnx"]);

        Cli.AssertDone(imported);
        Cli.AssertDone(shipped);
        Assert.Contains("1 operator,", imported.Output, StringComparison.Ordinal);
        Assert.Equal(["out/mnist.onnx", "out/tiny.onnx", "tiny.tflite"], _temp.Files().Order(StringComparer.Ordinal));
        // the weights, and not much beside them
        Assert.InRange(new FileInfo(_temp["out/mnist.onnx"]).Length, 7_840, 16_000);
    }

    [Fact]
    public async Task Names_what_stands_against_a_model_and_writes_nothing()
    {
        string model = Repository.File("weights", "mnist-linear.dynamic.tqm");

        ProcessRun run = await Cli.RunAsync("export", model, "--onnx", _temp["mnist.onnx"]);

        Cli.AssertRefused(run, model, "operator 0 (FullyConnected)", "expected all int8 or all float32");
        Assert.Empty(_temp.Files());
    }

    [Fact]
    public async Task Says_what_is_wrong_with_its_files()
    {
        string model = Repository.File("weights", "mnist-linear.int8.tqm");

        Cli.AssertRefused(
            await Cli.RunAsync("export", _temp["none.tqm"], "--onnx", _temp["out.onnx"]), _temp["none.tqm"]);
        Cli.AssertRefused(await Cli.RunAsync("export", model, "--onnx", _temp.Path), _temp.Path, "is a directory");
        Cli.AssertRefused(await Cli.RunAsync("export", model), "--onnx");
    }
}
