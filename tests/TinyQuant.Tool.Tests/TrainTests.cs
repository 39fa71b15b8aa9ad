using TinyQuant.Model;
using TinyQuant.Tests;
using TinyQuant.Tool.Commands;
using TinyQuant.Tool.Tests.Support;

namespace TinyQuant.Tool.Tests;

/// <summary><c>tinyquant train</c>, on procedural digits.</summary>
[Collection(TrainedCollection.Name)]
public sealed class TrainTests : IDisposable
{
    private static readonly string[] s_files =
        ["strokes-linear.dynamic.tqm", "strokes-linear.fp32.tqm", "strokes-linear.golden.cs",
            "strokes-linear.int8.tqm"];

    private readonly TempDirectory _temp = new();
    private readonly Trained _trained;

    public TrainTests(Trained trained) => _trained = trained;

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Writes_three_models_and_golden_answers_the_same_again()
    {
        ProcessRun first = _trained.Run;
        ProcessRun second = await Trained.TrainAsync(_temp.Path);

        Cli.AssertDone(first);
        Cli.AssertDone(second);
        Assert.Equal(s_files, _temp.Files());
        Assert.Equal(
            s_files.Select(f => _temp[f]),
            TrainedFiles.OfLinear(_temp.Path, "strokes-linear").Order(StringComparer.Ordinal));
        Assert.All(s_files, f => Assert.Equal(Read(f), File.ReadAllText(_temp[f])));
        foreach (string file in s_files.Where(f => f.EndsWith(".tqm", StringComparison.Ordinal)))
        {
            Graph graph = ModelReader.Read(Read(file)).Graph!;
            Assert.Equal("strokes-linear", graph.Name);
            Assert.Equal(("accuracy", "strokes/test", 2000),
                (graph.Metrics[0].Name, graph.Metrics[0].DataSet, graph.Metrics[0].Count));
            Assert.InRange(graph.Metrics[0].Value, 0.5, 1);
            Assert.Contains(file, first.Output, StringComparison.Ordinal);
        }

        Assert.Contains("10,000 training and 2,000 test images", first.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_leaves_no_file()
    {
        var signalled = false;
        ProcessRun run = await Cli.RunAsync((process, line) =>
        {
            if (!signalled && line.Contains("Epoch", StringComparison.Ordinal))
            {
                signalled = true;
                Signals.Interrupt(process);
            }
        }, "train", "strokes-linear", "--epochs", "100000", "--output", _temp.Path);

        Assert.True(signalled);
        Assert.True(run.ExitCode == 130, $"exit code {run.ExitCode}: {run.Error}{run.Output}");
        Assert.Contains("interrupted", run.Error, StringComparison.Ordinal);
        Assert.Empty(_temp.Files());
    }

    [Fact]
    public async Task An_output_that_is_a_file_is_refused()
    {
        File.WriteAllText(_temp["file"], "");

        Cli.AssertRefused(await Cli.RunAsync("train", "strokes-linear", "--output", _temp["file"]), _temp["file"]);
        Cli.AssertRefused(
            await Cli.RunAsync("data", "--data-set", "strokes", "--output", _temp["file"]), _temp["file"]);

        Assert.Equal(["file"], _temp.Files());
    }

    [RealMnistFact]
    public async Task A_truncated_file_of_the_data_is_named()
    {
        string source = Environment.GetEnvironmentVariable("TINYQUANT_DATA")!;
        const string Truncated = "t10k-images-idx3-ubyte.gz";
        foreach (string path in Directory.EnumerateFiles(source, "*-ubyte*"))
        {
            File.Copy(path, _temp[Path.GetFileName(path)]);
        }

        File.Delete(_temp[Truncated[..^3]]);
        using (FileStream stream = File.OpenWrite(_temp[Truncated]))
        {
            stream.SetLength(File.Exists(Path.Combine(source, Truncated)) ? 100_000 : 3);
        }

        ProcessRun run = await Cli.RunWithDataAsync(_temp.Path, "train", "mnist-linear", "--output", _temp["out"]);

        Cli.AssertRefused(run, _temp[Truncated]);
        Assert.False(Directory.Exists(_temp["out"]));
    }

    [Fact]
    public async Task A_data_directory_that_lacks_files_says_which()
    {
        File.WriteAllBytes(_temp["train-images-idx3-ubyte"], [0, 0, 8, 3]);

        ProcessRun run = await Cli.RunWithDataAsync(_temp.Path, "train", "mnist-linear", "--output", _temp["out"]);

        Cli.AssertRefused(run, _temp.Path, "train-labels-idx1-ubyte");
    }

    private string Read(string file) => File.ReadAllText(Path.Combine(_trained.Directory, file));
}
