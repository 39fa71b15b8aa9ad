using System.Runtime.InteropServices;
using TinyQuant.Tests;
using TinyQuant.Tool.Tests.Support;

namespace TinyQuant.Tool.Tests;

/// <summary><c>tinyquant verify</c>.</summary>
public sealed class VerifyTests : IDisposable
{
    private const string Model = """
        tinyquant-model 1
        name rectifier
        tensor x float32 [1,2]
        tensor y float32 [1,2]
        input x
        output y
        op Relu x -> y
        """;

    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_directory_is_a_line_for_each_folder_and_a_total()
    {
        Write("right", [0, 2, 3, 0]);
        ProcessRun right = await Cli.RunAsync("verify", _temp.Path);
        Write("wrong", [0, 2, 3, 1]);
        Write("broken", [0, 2, 3, 0], model: "no model");
        ProcessRun all = await Cli.RunAsync("verify", _temp.Path, "--layers");

        Cli.AssertDone(right);
        Assert.Equal(
            "right: equal to the bit\n1 equal to the bit, 0 within tolerance, 0 differ, 0 refused\n", right.Output);
        Assert.Equal(1, all.ExitCode);
        Assert.Contains("broken: refused: ", all.Output, StringComparison.Ordinal);
        Assert.Contains(
            "wrong: differs: 'y' (operator 0, Relu) differs for input 1 at element 1: 0 where 1 was expected",
            all.Output, StringComparison.Ordinal);
        Assert.EndsWith(
            "\n1 equal to the bit, 0 within tolerance, 1 differ, 1 refused\n", all.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_is_compared_with_files()
    {
        Write("one", [0, 2, 3, 1]);
        string[] files = ["--input", _temp["one/input.bin"], "--expected", _temp["one/expected.bin"]];

        ProcessRun differs = await Cli.RunAsync(["verify", _temp["one/model.tqm"], .. files]);
        Write("one", [0, 2, 3, 0]);
        ProcessRun exact = await Cli.RunAsync(["verify", _temp["one/model.tqm"], .. files]);

        Assert.Equal(1, differs.ExitCode);
        Assert.Contains(
            "'y' (operator 0, Relu) differs for input 1 at element 1", differs.Error, StringComparison.Ordinal);
        Cli.AssertDone(exact);
        Assert.Contains("'rectifier': 2 inputs, all outputs equal to the bit, rounding double", exact.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_only_within_the_tolerance_is_not_said_to_be_equal()
    {
        const string tolerance = "within tolerance (0.0001 of the value or 0.00001, whichever is larger)";
        Write("close", [0, 2.0001f, 3, 0]);
        string[] files = ["--input", _temp["close/input.bin"], "--expected", _temp["close/expected.bin"]];

        ProcessRun one = await Cli.RunAsync(["verify", _temp["close/model.tqm"], .. files]);
        ProcessRun all = await Cli.RunAsync("verify", _temp.Path);

        Cli.AssertDone(one);
        Assert.Contains($"all outputs {tolerance}, rounding double", one.Output, StringComparison.Ordinal);
        Cli.AssertDone(all);
        Assert.Equal($"close: {tolerance}\n0 equal to the bit, 1 within tolerance, 0 differ, 0 refused\n", all.Output);
    }

    [Fact]
    public async Task A_number_is_not_right_where_infinity_is_expected()
    {
        Write("infinite", [0, float.PositiveInfinity, 3, 0]);

        ProcessRun run = await Cli.RunAsync("verify", _temp.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "differs for input 0 at element 1: 2 where Infinity was expected", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_is_named()
    {
        Write("one", [0, 2, 3, 0]);

        Cli.AssertRefused(
            await Cli.RunAsync("verify", _temp["none"]), "there is no model file and no directory", _temp["none"]);
        Cli.AssertRefused(await Cli.RunAsync("verify", _temp["one/model.tqm"]), "--input FILE and --expected FILE");
        Cli.AssertRefused(
            await Cli.RunAsync("verify", _temp.Path, "--rounding", "float-even"), "no folder below", "float-even");
    }

    private void Write(string folder, float[] expected, string model = Model)
    {
        Directory.CreateDirectory(_temp[folder]);
        File.WriteAllText(_temp[folder + "/model.tqm"], model);
        File.WriteAllBytes(_temp[folder + "/input.bin"], MemoryMarshal.AsBytes<float>([-1, 2, 3, -4]).ToArray());
        File.WriteAllBytes(_temp[folder + "/expected.bin"], MemoryMarshal.AsBytes<float>(expected).ToArray());
    }
}
