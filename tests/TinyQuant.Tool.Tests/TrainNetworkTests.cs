using SkiaSharp;
using TinyQuant.Model;
using TinyQuant.Tests;
using TinyQuant.Tool.Commands;
using TinyQuant.Tool.Tests.Support;

namespace TinyQuant.Tool.Tests;

/// <summary><c>tinyquant train own</c>: a network on pictures of one's own.</summary>
public sealed class TrainNetworkTests : IDisposable
{
    private const string Layers = "conv 4 3x3 bn relu; globalpool; dense 2";

    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Pictures_become_models_a_card_and_drawings_and_an_interrupted_run_ends_with_the_same()
    {
        WritePictures();
        string[] command = ["train", "own", "--from", _temp["pictures"], "--layers", Layers, "--name", "bars",
            "--epochs", "300", "--batch", "8", "--qat", "--learning-rate", "0.02"];
        Cli.AssertDone(await Cli.RunAsync([.. command, "--output", _temp["whole"]]));

        string[] files = ["bars.confusion.png", "bars.fp32.tqm", "bars.int8.tqm", "bars.md", "bars.training.png"];
        Assert.Equal(files, Files("whole"));
        Assert.Equal( // besides, checkpoints
            files.Select(f => _temp["whole/" + f]),
            TrainedFiles.OfNetwork(_temp["whole"], "bars", hasInt4: false, isAware: true)
                .Where(f => Path.GetExtension(f) != ".checkpoint").Order(StringComparer.Ordinal));
        Graph graph = ModelReader.Read(File.ReadAllText(_temp["whole/bars.int8.tqm"])).Graph!;
        Assert.Equal(["lies", "stands"], graph.Labels.ToArray());
        Assert.InRange(graph.FindMetric("accuracy")!.Value, 0.75, 1);
        foreach (string picture in files.Where(f => f.EndsWith(".png", StringComparison.Ordinal)))
        {
            using SKBitmap bitmap = SKBitmap.Decode(_temp["whole/" + picture]);
            Assert.True(bitmap.Width >= 400, $"{picture} is {bitmap.Width} wide");
            Assert.Contains($"({picture})", File.ReadAllText(_temp["whole/bars.md"]), StringComparison.Ordinal);
        }

        bool signalled = false;
        ProcessRun run = await Cli.RunAsync((process, line) =>
        {
            if (!signalled && line.Contains("epoch", StringComparison.Ordinal))
            {
                signalled = true;
                Signals.Interrupt(process);
            }
        }, [.. command, "--output", _temp["resumed"]]);
        Assert.Equal(130, run.ExitCode);
        Assert.All(Directory.Exists(_temp["resumed"]) ? Files("resumed") : [],
            f => Assert.EndsWith(".checkpoint", f, StringComparison.Ordinal));
        Cli.AssertDone(await Cli.RunAsync([.. command, "--resume", "--output", _temp["resumed"]]));

        Assert.Equal(files, Files("resumed"));
        Assert.All(files,
            f => Assert.Equal(File.ReadAllBytes(_temp["whole/" + f]), File.ReadAllBytes(_temp["resumed/" + f])));
    }

    [Fact]
    public async Task Other_commands_take_the_same_pictures()
    {
        WritePictures();
        Cli.AssertDone(await Cli.RunAsync(
            "train", "own", "--from", _temp["pictures"], "--layers", Layers, "--name", "bars", "--epochs", "2",
            "--seed",
            "3", "--output", _temp.Path));
        string real = _temp["bars.fp32.tqm"];

        Cli.AssertDone(await Cli.RunAsync("quantize", real, "--from", _temp["pictures"], "-o", _temp["again.tqm"]));
        Assert.Equal(Metric("bars.int8.tqm"), Metric("again.tqm"));
        ProcessRun reported = await Cli.RunAsync(
            "report", real, "--from", _temp["pictures"], "--seconds", "0", "--html", _temp["page.html"]);
        Cli.AssertDone(reported);
        Assert.Contains("12 test images", reported.Output, StringComparison.Ordinal);
        Assert.Contains("stands", File.ReadAllText(_temp["page.html"]), StringComparison.Ordinal);

        Cli.AssertRefused(await Cli.RunAsync("quantize", real), "'bars'", "--from PATH");
        Cli.AssertRefused(await Cli.RunAsync("quantize", real, "--from", _temp["pictures"], "--data-set", "strokes"),
            "--from", "--data-set");
        Directory.Move(_temp["pictures/lies"], _temp["pictures/leans"]);
        Cli.AssertRefused(
            await Cli.RunAsync("compare", real, "--from", _temp["pictures"]), "leans, stands", "lies, stands");
    }

    [Fact]
    public async Task What_is_missing_or_wrong_is_named()
    {
        WritePictures();
        Cli.AssertRefused(await Cli.RunAsync("train", "own", "--layers", Layers), "--from");
        Cli.AssertRefused(await Cli.RunAsync("train", "own", "--from", _temp["pictures"]), "--layers");
        Cli.AssertRefused(
            await Cli.RunAsync("train", "own", "--from", _temp["pictures"], "--layers", "conv 4; dense 2"),
            "Layer 1, 'conv 4'");
        File.WriteAllText(_temp["pictures/lies/0.png"], "not a picture");
        Cli.AssertRefused(await Cli.RunAsync("train", "own", "--from", _temp["pictures"], "--layers", Layers), "0.png");
    }

    private Metric Metric(string file) => ModelReader.Read(File.ReadAllText(_temp[file])).Graph!.Metrics[0];

    private string[] Files(string directory) =>
        [.. Directory.EnumerateFiles(_temp[directory]).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    private void WritePictures()
    {
        for (int i = 0; i < 60; i++)
        {
            bool lies = i % 2 == 0;
            using var bitmap = new SKBitmap(8, 8);
            bitmap.Erase(SKColors.Black);
            for (int p = 0; p < 8; p++)
            {
                int at = 1 + (i / 2 % 6);
                bitmap.SetPixel(lies ? p : at, lies ? at : p, SKColors.White);
            }

            string path = _temp[$"pictures/{(lies ? "lies" : "stands")}/{i}.png"];
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using FileStream stream = File.Create(path);
            bitmap.Encode(stream, SKEncodedImageFormat.Png, 100);
        }
    }
}
