using System.Text.Json;
using SkiaSharp;
using TinyQuant.Data;
using TinyQuant.Model;
using TinyQuant.Tests;
using TinyQuant.Tool.Tests.Support;

namespace TinyQuant.Tool.Tests;

/// <summary><c>tinyquant compare</c> and <c>tinyquant data</c>.</summary>
[Collection(TrainedCollection.Name)]
public sealed class CompareTests : IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly Trained _trained;

    public CompareTests(Trained trained) => _trained = trained;

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Shows_a_table_and_writes_JSON()
    {
        ProcessRun run = await Cli.RunAsync(
            "compare", "--models", _trained.Directory, "--name", "strokes-linear", "--data-set", "strokes", "--json",
            _temp["figures.json"]);

        Cli.AssertDone(run);
        Assert.All(["FP32", "dynamic int8", "static int8", "accuracy", "31,400 B", "7,880 B", "speed against FP32"],
            text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
        using var json = JsonDocument.Parse(File.ReadAllText(_temp["figures.json"]));
        JsonElement root = json.RootElement;
        Assert.Equal(
            ["name", "dataSet", "images", "units", "models", "report"], root.EnumerateObject().Select(p => p.Name));
        Assert.Equal("strokes-linear", root.GetProperty("name").GetString());
        Assert.Equal("strokes/test", root.GetProperty("dataSet").GetString());
        Assert.Equal(2000, root.GetProperty("images").GetInt32());
        Assert.Equal(["int8", "float32"], root.GetProperty("units").EnumerateObject().Select(p => p.Name));
        JsonElement[] models = [.. root.GetProperty("models").EnumerateArray()];
        Assert.Equal(["fp32", "dynamic", "int8"], models.Select(m => m.GetProperty("kind").GetString()));
        Assert.Equal([31_400, 7_880, 7_880], models.Select(m => m.GetProperty("weightBytes").GetInt32()));
        Assert.All(models, AssertModel);
    }

    [Fact]
    public async Task Compares_any_models_and_draws_where_they_differ()
    {
        string[] files = [
            .. new[] { "fp32", "int8" }.Select(kind => Path.Combine(_trained.Directory, $"strokes-linear.{kind}.tqm"))];
        ProcessRun run = await Cli.RunAsync(
            ["compare", .. files, "--data-set", "strokes", "--differences", "9", "--sheet", _temp["sheet.png"],
                "--json",
                _temp["figures.json"]]);

        Cli.AssertDone(run);
        Assert.All(["strokes-linear.fp32", "strokes-linear.int8", "other answers", "Largest differences", "7,840"],
            text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
        JsonElement root = JsonDocument.Parse(File.ReadAllText(_temp["figures.json"])).RootElement;
        JsonElement[] models = [.. root.GetProperty("models").EnumerateArray()];
        Assert.Equal(
            [0, 7_840], [models[0].GetProperty("otherAnswers").GetInt32(), models[0].GetProperty("macs").GetInt32()]);
        JsonElement[] differences = [.. root.GetProperty("differences").EnumerateArray()];
        Assert.Equal(9, differences.Length);
        Assert.Equal(differences.OrderByDescending(d => d.GetProperty("difference").GetDouble()), differences);
        Assert.All(differences, d => Assert.Equal(2, d.GetProperty("answers").GetArrayLength()));
        using SKBitmap sheet = SKBitmap.Decode(_temp["sheet.png"]);
        Assert.True(sheet.Width > 900 && sheet.Height > 250, $"{sheet.Width} x {sheet.Height}");
    }

    [Theory]
    [InlineData("tinyquant-model 1\nname x\ntensor image int7 [1,4]\n", "(3,")]
    [InlineData("tinyquant-model 9\n", "(1,")]
    [InlineData("", "(1,")]
    public async Task A_malformed_model_is_told_with_its_position(string text, string position)
    {
        File.WriteAllText(_temp["m.fp32.tqm"], text);

        ProcessRun run = await Cli.RunAsync("compare", "--models", _temp.Path, "--name", "m", "--data-set", "strokes");

        Cli.AssertRefused(run, _temp["m.fp32.tqm"] + position);
    }

    [Fact]
    public async Task A_model_that_gives_no_class_is_refused()
    {
        const string Model = """
            tinyquant-model 1
            name m
            rounding double

            tensor x float32 [1,2]
            tensor w float32 [2,2] data
              AACAPwAAAEAAAEBAAACAQA==
            tensor y float32 [1,2]
            tensor z float32 [1,2]

            input x
            output y z
            op FullyConnected x w -> y
            op FullyConnected x w -> z

            """;
        Assert.NotNull(ModelReader.Read(Model).Graph);
        foreach (string kind in new[] { "fp32", "dynamic", "int8" })
        {
            File.WriteAllText(_temp[$"m.{kind}.tqm"], Model);
        }

        ProcessRun run = await Cli.RunAsync("compare", "--models", _temp.Path, "--name", "m", "--data-set", "strokes");

        Cli.AssertRefused(run, "'m'", "no class");
    }

    [Fact]
    public async Task Data_writes_the_test_set_as_IDX()
    {
        ProcessRun run = await Cli.RunAsync("data", "--data-set", "strokes", "--output", _temp["out"]);

        Cli.AssertDone(run);
        Assert.Equal(["out/t10k-images-idx3-ubyte", "out/t10k-labels-idx1-ubyte"], _temp.Files());
        LabelledImages images = IdxReader.Read(
            Path.Combine(_temp["out"], "t10k-images-idx3-ubyte"), Path.Combine(_temp["out"], "t10k-labels-idx1-ubyte"),
            "x");
        LabelledImages expected = StrokeDigits.Create(new StrokeOptions()).TestImages;
        Assert.Equal(expected.Pixels.ToArray(), images.Pixels.ToArray());
        Assert.Equal(expected.Labels.ToArray(), images.Labels.ToArray());
    }

    private static void AssertModel(JsonElement model)
    {
        string[] fields =
        [
            "kind", "accuracy", "weightBytes", "bakedBytes", "arenaBytes", "nanosecondsPerImage", "nanosecondsPerBatch",
            "nanosecondsPerTestSet",
        ];
        Assert.Equal(fields, model.EnumerateObject().Select(p => p.Name));
        Assert.InRange(model.GetProperty("accuracy").GetDouble(), 0.5, 1);
        Assert.All(fields[2..], f => Assert.True(model.GetProperty(f).GetDouble() > 0, f));
    }
}
