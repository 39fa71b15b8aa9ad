using System.Runtime.InteropServices;
using System.Text.Json;
using SkiaSharp;
using TinyQuant.Tests;
using TinyQuant.Tool.Tests.Support;

namespace TinyQuant.Tool.Tests;

/// <summary><c>--from PATH</c>: a user's data against models that others made.</summary>
public sealed class OwnDataTests : IDisposable
{
    private const int Outputs = 12;

    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact] // all of class 11 were taken for class 0, and accuracy was 0 %
    public async Task Numbers_are_outputs_of_a_model_without_labels()
    {
        WriteModel("m", answer: 11);
        WriteCsv("label,x,y", _ => "11,1.5,2.5");

        ProcessRun run = await Cli.RunAsync(
            "compare", _temp["m.tqm"], "--from", _temp["d.csv"], "--json", _temp["j.json"]);

        Cli.AssertDone(run);
        Assert.Contains("took line 1 for a heading", run.Output, StringComparison.Ordinal);
        Assert.Equal(1,
            JsonDocument.Parse(File.ReadAllText(_temp["j.json"])).RootElement.GetProperty("models")[0].GetProperty(
                "accuracy").GetDouble());
    }

    [Fact]
    public async Task Other_classes_than_the_outputs_are_refused_with_both()
    {
        WriteModel("m", answer: 11);
        WriteCsv("x,y,label", i => $"1.5,2.5,{(i % 2 == 0 ? "cat" : "dog")}");

        foreach (string[] command in new[] { new[] { "compare" }, ["quantize"], ["report", "--html", _temp["r.html"]] })
        {
            Cli.AssertRefused(await Cli.RunAsync([.. command, _temp["m.tqm"], "--from", _temp["d.csv"]]),
                "2 classes, cat, dog", "'m' has 12 outputs and no labels");
        }

        WriteCsv("", i => $"{12 + (i % 2)},1.5,2.5");
        Cli.AssertRefused(await Cli.RunAsync("compare", _temp["m.tqm"], "--from", _temp["d.csv"]), "2 classes, 12, 13",
            "from 0 to 11");
    }

    [Fact]
    public async Task Models_that_number_classes_differently_are_not_compared()
    {
        WriteModel("m", answer: 11, "labels a b c d e f g h i j k l");
        WriteModel("n", answer: 11, "labels b a c d e f g h i j k l");
        WriteCsv("", _ => "a,1.5,2.5");

        Cli.AssertRefused(await Cli.RunAsync("compare", _temp["m.tqm"], _temp["n.tqm"], "--from", _temp["d.csv"]),
            "'n' numbers the classes of", "otherwise than 'm' does");
    }

    [Theory]
    [InlineData("--class-column does not go with data that is not named with --from PATH", "compare", "m.tqm",
        "--class-column", "last")]
    [InlineData("--heading does not go with the recipe 'mnist-cnn'", "train", "mnist-cnn", "--heading", "no")]
    [InlineData("maybe", "compare", "m.tqm", "--from", "d.csv", "--heading", "maybe")]
    public async Task Options_for_csv_go_with_it(string message, params string[] arguments) =>
        Cli.AssertRefused(await Cli.RunAsync(arguments), message);

    [Fact]
    public async Task A_class_column_is_named()
    {
        WriteModel("m", answer: 11);
        WriteCsv("", i => $"1.5,11,{i}.5");
        Cli.AssertRefused(await Cli.RunAsync("compare", _temp["m.tqm"], "--from", _temp["d.csv"]),
            "d.csv(2): column 1 is '1.5'", "--class-column");

        ProcessRun run = await Cli.RunAsync(
            "compare", _temp["m.tqm"], "--from", _temp["d.csv"], "--class-column", "2", "--heading", "no");

        Cli.AssertDone(run);
        Assert.Contains("took column 2 for the class", run.Output, StringComparison.Ordinal);
    }

    [Fact] // they were passed over, and folders of systems were classes
    public async Task Jpegs_are_read_and_what_is_no_picture_is_told()
    {
        Directory.CreateDirectory(_temp["p/.ipynb_checkpoints"]);
        for (int i = 0; i < 10; i++)
        {
            Directory.CreateDirectory(_temp[$"p/{i % 2}"]);
            using var bitmap = new SKBitmap(2, 1);
            bitmap.Erase(new SKColor((byte)(20 * i), 40, 60));
            using SKData jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
            File.WriteAllBytes(_temp[$"p/{i % 2}/{i}.jpg"], jpeg.ToArray());
            File.WriteAllBytes(_temp[$"p/.ipynb_checkpoints/{i}.jpg"], jpeg.ToArray());
        }

        File.WriteAllText(_temp["p/0/notes.txt"], "");
        WriteModel("m", answer: 1);

        ProcessRun run = await Cli.RunAsync("compare", _temp["m.tqm"], "--from", _temp["p"]);

        Cli.AssertDone(run);
        Assert.Contains("8 training and 2 test images of 1x2 in 2 classes", run.Output, StringComparison.Ordinal);
        Assert.Contains("passed over 1 file that is no picture of a kind that is read (1 .txt)", run.Output,
            StringComparison.Ordinal);
        File.WriteAllBytes(_temp["p/1/x.jpg"], File.ReadAllBytes(_temp["p/1/1.jpg"])[..^20]);
        Cli.AssertRefused(await Cli.RunAsync("compare", _temp["m.tqm"], "--from", _temp["p"]),
            "x.jpg: it is cut off in its head (IncompleteInput); expected PNG, JPEG");
    }

    [Fact] // IDX files have no names of classes
    public async Task Data_keeps_numbers_and_tells_what_others_are()
    {
        WriteCsv("", i => $"11,{i},2");
        Cli.AssertDone(await Cli.RunAsync("data", "--from", _temp["d.csv"], "-o", _temp["out"]));
        Assert.Equal([11, 11], File.ReadAllBytes(_temp["out/t10k-labels-idx1-ubyte"])[8..]);

        WriteCsv("", i => $"{(i % 2 == 0 ? "cat" : "dog")},{i},2");
        Assert.Contains("Labels: 0 cat, 1 dog",
            (await Cli.RunAsync("data", "--from", _temp["d.csv"], "-o", _temp["out"])).Output,
            StringComparison.Ordinal);
    }

    private void WriteCsv(string heading, Func<int, string> line) =>
        File.WriteAllLines(_temp["d.csv"], Enumerable.Range(0, 10).Select(line).Prepend(heading));

    /// <summary>A layer of two inputs that gives each positive example the same answer.</summary>
    private void WriteModel(string name, int answer, string labels = "")
    {
        float[] weights = new float[2 * Outputs];
        weights.AsSpan(2 * answer, 2).Fill(1);
        File.WriteAllText(_temp[$"{name}.tqm"], $"""
            tinyquant-model 1
            name {name}
            rounding double
            {labels}
            tensor x float32 [1,2]
            tensor w float32 [{Outputs},2] data
              {Convert.ToBase64String(MemoryMarshal.AsBytes<float>(weights))}
            tensor y float32 [1,{Outputs}]

            input x
            output y
            op FullyConnected x w -> y

            """);
    }
}
